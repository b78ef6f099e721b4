/* A crew gives in the order of taking whatever its size, stops at the first failure in that order, and drops what
 * it does not give. */
#include "craft.h"

#include "engine/crew.h"

#include <sched.h>

typedef struct Piece {
  int number;
  atomic_bool worked;
} Piece;

typedef struct List {
  int n, taken, given, dropped;
  int bad_take, bad_work, bad_give; /* the piece that fails there, -1 for none */
  int raise_at;                     /* the piece whose work cancels */
  EngCancel cancel;
  atomic_int working[8];
} List;

static bool take(void *context, void **piece, EngError *err) {
  List *list = context;
  if (list->taken == list->n) return true;
  if (list->taken == list->bad_take) return eng_error_set(err, NULL, NULL, "take %d", list->taken);
  Piece *made = calloc(1, sizeof *made);
  made->number = list->taken++;
  *piece = made;
  return true;
}

static bool work(void *context, int worker, void *piece, const EngCancel *cancel, EngError *err) {
  List *list = context;
  Piece *mine = piece;
  assert_int_equal(atomic_fetch_add(&list->working[worker], 1), 0); /* a worker does one thing at a time */
  for (int i = 0; i < (mine->number * 7) % 5; i++) sched_yield();
  atomic_store(&mine->worked, true);
  atomic_fetch_sub(&list->working[worker], 1);
  if (mine->number == list->raise_at) eng_cancel_raise(&list->cancel);
  if (eng_cancel_raised(cancel)) return eng_error_set(err, NULL, NULL, "cancelled");
  return mine->number != list->bad_work || eng_error_set(err, NULL, NULL, "work %d", mine->number);
}

static bool give(void *context, void *piece, EngError *err) {
  List *list = context;
  Piece *given = piece;
  int number = given->number;
  assert_true(atomic_load(&given->worked));
  free(given);
  if (number == list->bad_give) return eng_error_set(err, NULL, NULL, "give %d", number);
  assert_int_equal(number, list->given++);
  return true;
}

static void drop(void *context, void *piece) {
  ((List *)context)->dropped++;
  free(piece);
}

static bool run(List *list, int workers, EngError *err) {
  EngCrewTask task = {take, work, give, drop, list};
  return eng_crew_run(&task, workers, &list->cancel, err);
}

static List new_list(int n) {
  return (List){.n = n, .bad_take = -1, .bad_work = -1, .bad_give = -1, .raise_at = -1};
}

static void gives_everything_in_order(void **state) {
  (void)state;
  for (int workers = 0; workers <= 4; workers++) {
    List list = new_list(200);
    assert_true(run(&list, workers, NULL));
    assert_int_equal(list.given, 200);
    assert_int_equal(list.dropped, 0);
  }
  List none = new_list(0);
  assert_true(run(&none, 3, NULL));
}

static void stops_at_the_first_failure(void **state) {
  (void)state;
  for (int workers = 1; workers <= 4; workers++) {
    EngError err = {""};
    List list = new_list(100);
    list.bad_work = 30;
    assert_false(run(&list, workers, &err));
    assert_string_equal(err.message, "work 30");
    assert_int_equal(list.given, 30);
    assert_int_equal(list.given + list.dropped, list.taken);
    list = new_list(100);
    list.bad_take = 20;
    list.bad_work = 60;
    assert_false(run(&list, workers, &err));
    assert_string_equal(err.message, "take 20");
    assert_int_equal(list.given, 20);
    list = new_list(100);
    list.bad_give = 10;
    assert_false(run(&list, workers, &err));
    assert_string_equal(err.message, "give 10");
    assert_int_equal(list.given, 10);
    assert_int_equal(list.given + 1 + list.dropped, list.taken);
  }
}

static void a_cancel_keeps_what_came_before(void **state) {
  (void)state;
  for (int workers = 1; workers <= 4; workers++) {
    EngError err = {""};
    List list = new_list(100);
    list.raise_at = 40;
    assert_false(run(&list, workers, &err));
    assert_string_equal(err.message, "cancelled");
    assert_true(list.given <= 40 && list.given > 40 - 3 * workers);
    assert_int_equal(list.given + list.dropped, list.taken);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gives_everything_in_order),
      cmocka_unit_test(stops_at_the_first_failure),
      cmocka_unit_test(a_cancel_keeps_what_came_before),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
