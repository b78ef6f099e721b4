-- Classes by which tokens are marked, the first that fits a word counting. Each has a name and words, in small or
-- capital letters alike unless `case` is true, or Lua patterns (as string.find takes them) for the whole word. A
-- file of your own looks like this one: at most eight classes, and nothing but tables and strings.
return {
  { name = "pronoun", words = {
    "i", "me", "my", "mine", "myself", "you", "your", "yours", "yourself", "yourselves", "he", "him", "his", "himself",
    "she", "her", "hers", "herself", "it", "its", "itself", "we", "us", "our", "ours", "ourselves", "they", "them",
    "their", "theirs", "themselves", "who", "whom", "whose",
  } },
  { name = "occupation", words = {
    "accountant", "actor", "actress", "architect", "artist", "assistant", "attorney", "author", "baker", "banker",
    "barber", "butcher", "carpenter", "cashier", "chef", "chemist", "chief", "clerk", "coach", "cook", "counselor",
    "dancer", "dentist", "designer", "developer", "director", "doctor", "driver", "editor", "electrician", "engineer",
    "farmer", "firefighter", "gardener", "guard", "hairdresser", "housekeeper", "janitor", "journalist", "judge",
    "laborer", "lawyer", "librarian", "maid", "manager", "mechanic", "merchant", "midwife", "miner", "minister",
    "musician", "nanny", "nurse", "officer", "painter", "paramedic", "pharmacist", "photographer", "physician", "pilot",
    "plumber", "poet", "policeman", "policewoman", "president", "priest", "professor", "programmer", "psychologist",
    "receptionist", "sailor", "salesperson", "scientist", "secretary", "servant", "sheriff", "singer", "soldier",
    "surgeon", "tailor", "teacher", "technician", "therapist", "veterinarian", "waiter", "waitress", "worker", "writer",
  } },
  { name = "name", case = true, words = {
    "Abigail", "Adam", "Alice", "Amy", "Andrew", "Anna", "Anne", "Arthur", "Ben", "Bob", "Charles", "Charlotte", "Clara",
    "Daniel", "David", "Edward", "Elizabeth", "Ella", "Emily", "Emma", "Eva", "Frank", "George", "Grace", "Hannah",
    "Harry", "Helen", "Henry", "Jack", "James", "Jane", "Jim", "Joe", "John", "Joseph", "Julia", "Kate", "Laura", "Lisa",
    "Louis", "Lucy", "Margaret", "Maria", "Mark", "Martha", "Martin", "Mary", "Michael", "Nancy", "Oliver", "Paul",
    "Peter", "Philip", "Rachel", "Richard", "Robert", "Rose", "Sam", "Samuel", "Sarah", "Simon", "Sophia", "Susan",
    "Thomas", "Tom", "Victor", "Walter", "William",
  } },
  { name = "number", words = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "hundred",
    "thousand", "million",
  }, patterns = { "%d[%d.,]*" } },
  { name = "punctuation", patterns = { "%p+" } },
}
