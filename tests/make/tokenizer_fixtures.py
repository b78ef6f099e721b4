"""Makes tests/fixtures/tokenizers: small trained tokenizers in every form a folder may have, and for each the
ids, types, ranges and decodings that Hugging Face gives to a few thousand varied strings.

    python tests/make/tokenizer_fixtures.py        (needs transformers and tokenizers; seeded)

NAME/ is a tokenizer's folder, NAME.jsonl what is expected of it, a line for each string:
    [text, pair or null, options, ids, ranges, types, sentences, decoded]
options: "n" without special tokens, "b" with BOS. ranges: start and end of each token in bytes, flat.
types, sentences: one character a token ("-" for an added special token), or null for all 0.
decoded: null where it equals the text.
"""
import collections
import json
import os
import random
import shutil
import unicodedata

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoTokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "fixtures", "tokenizers")
NOVELLA = os.path.join(HERE, "..", "..", "models", "novella")

SENTENCES = """The doctor asked the nurse a question. She didn't answer; they'd been awake for 36 hours.
It's what I'd call "unaffable", isn't it? We've seen it, we're sure, I'm certain, he'll come, 'twas so.
In 1984, 3.14159 and 1,000,000.00 were numbers — as were ½, ², Ⅻ, ①, १२३, ٣٤٥ and 𝟘𝟙.
naïve café, Ångström, Zoë, résumé, coöperate, façade, jalapeño, smörgåsbord, Dvořák, Łódź, Straße, STRASSE
İstanbul'da ışık; Iğdır; ΟΔΥΣΣΕΥΣ και Σίσυφος; Привет, мир! Съешь же ещё этих мягких французских булок.
שלום עולם, בְּרֵאשִׁית בָּרָא; مرحبا بالعالم، السَّلَامُ عَلَيْكُم; نوشته فارسی ۱۲۳
नमस्ते दुनिया, क्षत्रिय; বাংলা ভাষা; தமிழ் மொழி; ภาษาไทยไม่มีช่องว่าง; ພາສາລາວ; ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ།
你好，世界！我們在學習漢字。㐀㐁 𠀀𠀁 豈更 ひらがなとカタカナ、ﾊﾝｶｸ、「引用」… 안녕하세요 세계 한글
tiếng Việt có nhiều dấu; Ünïcödé nörmälîzâtïön; ﬁligree ﬂoor ﬃ; ǅ ǈ ẞ Ω Å ﷺ ㍿ ㎏ ™ ©
👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🇺🇸🇫🇷 ☺️ 1️⃣ 🥰 🫠 ❤️‍🔥 🧑🏿‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿
http://example.org/a/b?c=d&e=f#g user@host.net C++ x=y*z/(a-b); {"key": [1, 2]} <tag attr='v'/> $5.00 50% #1 ~/.rc
antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis internationalization""".split("\n")

SPACES = [0x9, 0xA, 0xB, 0xC, 0xD, 0x1C, 0x1F, 0x20, 0x85, 0xA0, 0x1680, 0x180E, *range(0x2000, 0x200C), 0x2028,
          0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF]
SPECIAL = ["<|endoftext|>", " <|endoftext|> ", "[MASK]", " [MASK] ", "[CLS]", "[SEP]x", "x[UNK]", "[mask]",
           "[ MASK ]", "<mask>", "  <mask>  ", "<right>  x", "  <left> ", "solo", "solos", " solo.", "Joined",
           "joined", "JoinedUp", "caf\u00e9!", "cafe\u0301!", "<|endoftext|", "<|endoftext|><|endoftext|>",
           "##ing", "\u0120the"]


def assigned(*kinds):
    """Code points of these categories (or first letters of categories) in Unicode 14, Python 3.11's."""
    found = []
    for code in range(0x110000):
        kind = unicodedata.category(chr(code))
        if kind not in ("Cn", "Cs") and (not kinds or kind in kinds or kind[0] in kinds):
            found.append(code)
    return found


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.words = [word for line in SENTENCES for word in line.split()]
        self.kinds = {kind: assigned(kind) for kind in ("L", "M", "N", "P", "S", "Cc", "Cf", "Co")}
        self.any = assigned()

    def characters(self, codes, most):
        return "".join(chr(self.random.choice(codes)) for _ in range(self.random.randint(1, most)))

    def piece(self):
        pick = self.random.random()
        if pick < 0.40:
            return self.random.choice(self.words)
        if pick < 0.50:
            return self.characters(SPACES, 3)
        if pick < 0.55:
            return " " * self.random.randint(1, 5)
        if pick < 0.63:
            return self.random.choice(SPECIAL)
        if pick < 0.70:
            return self.characters(self.kinds["M"], 4)
        if pick < 0.90:
            kind = self.random.choice(["L", "N", "P", "S", "Cc", "Cf", "Co"])
            return self.characters(self.kinds[kind], 3)
        return self.characters(self.any, 3)

    def string(self):
        between = self.random.choice(["", " ", " ", "  "])
        return between.join(self.piece() for _ in range(self.random.randint(1, 6)))


def handmade():
    """One case of everything that has a rule of its own."""
    cases = ["", " ", "  ", "\n", "\0", "a\0b", "\ufffd", "\ufeffa", "a", "A", "'", "''", "'s", "x's", "'S"]
    cases += ["'re're", "'ll'", "n't"]
    cases += [f"a{chr(code)}b" for code in SPACES] + [chr(code) * 2 + "x" + chr(code) for code in SPACES]
    cases += ["x" * n for n in (99, 100, 101, 400)] + ["é" * 100, "é" * 101, "e\u0301" * 100, "ab" * 64, "漢" * 20]
    cases += ["İ", "Σ", "ΑΣ", "ΑΣ Β", "ß", "ẞ", "ǅ", "K", "Å", "ﬁ", "ᾳ", "ﬃx", "\u0345", "\u1E9B\u0323", "\u0344"]
    cases += ["e\u0301", "e\u0323\u0301", "e\u0301\u0323", "\u0301", " \u0301", "\u1100\u1161\u11A8"]
    cases += ["각", "\uAC00\u11A8", "\uB69C\u11A7"]
    cases += ["\u0958", "\u2126", "\uF900", "\uFA0E", "\U0002F800", "\u0F73", "\u0F71\u0F72"]
    cases += ["\U0001D15E", "\U00011935\U00011930"]
    cases += ["\u166D", "\u1734", "\U000111C9", "\u2E43", "\u2E52x", "\u08E2", "\u0890a"]
    cases += ["\u07FD", "\U0001E944\U0001E922"]
    cases += ["日本語", "㐀", "𠀀", "\U0002A6DF", "\U0002A6E0", "\U0002B81F", "\U0002B820", "\U0002CEAF"]
    cases += ["\U0002CEB0", "\U00030000"]
    cases += ["$", "^", "`", "a`b", "~", "a_b", "a-b", "١٢", "Ⅷ", "①②", "½x", "x²", "12abc34", "a1", "1a"]
    cases += ["!1a !", "?!...", "…"]
    cases += ["\uE000", "\U000F0000", "\U0010FFFD", "\u200D", "a\u200Db", "a\u00ADb", "a\u200Bb", "\u2028x"]
    cases += ["\x7f", "\x80", "\x9f"]
    cases += SPECIAL + SENTENCES + [line[::-1] for line in SENTENCES]
    return cases


def strings():
    maker = Maker(20)
    singles = handmade()
    while len(singles) < 2150:
        singles.append(maker.string())
    pairs = [(maker.string(), maker.string()) for _ in range(150)] + [("", ""), ("a", ""), ("", "b")]
    return [(text, None) for text in singles] + pairs


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write(folder, name, value):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
        file.write(value if isinstance(value, str) else compact(value) + "\n")


def train_bpe():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(vocab_size=500, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
                                  special_tokens=["<|endoftext|>"], show_progress=False)
    tokenizer.train_from_iterator(SENTENCES, trainer)
    return json.loads(tokenizer.to_str())["model"]


def choose_wordpiece(lowercase):
    """Every character, and the stretches of words that save most. (The library's trainer is not reproducible.)"""
    normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    splitter = pre_tokenizers.BertPreTokenizer()
    words = [word for line in SENTENCES for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(line))]
    counts = collections.Counter()
    for word in words:
        for start in range(min(len(word), 20)):
            for stop in range(start + 2, min(len(word), start + 7) + 1):
                counts[("##" if start else "") + word[start:stop]] += stop - start
    characters = sorted({character for word in words for character in word})
    stretches = sorted(counts, key=lambda piece: (-counts[piece], piece))[:220]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    pieces += ["##" + character for character in characters if character.isalnum()] + stretches
    return {piece: i for i, piece in enumerate(pieces)}


def added(content, **flags):
    base = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": True, "special": False}
    return {"content": content, **base, **flags}


ADDED = [added("<mask>", lstrip=True, normalized=False, special=True),
         added("<right>", rstrip=True, normalized=False), added("<left>", lstrip=True, rstrip=True),
         added("solo", single_word=True), added("Joined"), added("JoinedUp"), added("caf\u00e9!")]


def bpe_files(model):
    """vocab.json and merges.txt with the older files around them."""
    folder, n = os.path.join(OUT, "bpe_files"), len(model["vocab"])
    write(folder, "vocab.json", model["vocab"])
    write(folder, "merges.txt", "#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in model["merges"]))
    write(folder, "added_tokens.json", {"solo": n, "<mask>": n + 1})
    mask = {key: value for key, value in ADDED[0].items() if key != "special"}
    write(folder, "special_tokens_map.json", {"mask_token": mask, "bos_token": "<|endoftext|>"})
    write(folder, "tokenizer_config.json", {"add_prefix_space": True, "model_max_length": 10**30})
    write(folder, "config.json", {"model_type": "gpt2"})


def bpe_decoder(model):
    """vocab.json and merges.txt with all added tokens in tokenizer_config.json."""
    folder, n = os.path.join(OUT, "bpe_decoder"), len(model["vocab"])
    write(folder, "vocab.json", model["vocab"])
    write(folder, "merges.txt", "".join(f"{a} {b}\n" for a, b in model["merges"]))
    listed = {"0": added("<|endoftext|>", normalized=False, special=True)}
    listed.update({str(n + i): token for i, token in enumerate(ADDED)})
    write(folder, "tokenizer_config.json", {"tokenizer_class": "GPT2TokenizerFast", "added_tokens_decoder": listed})
    write(folder, "config.json", {"model_type": "gpt2"})


def bpe_json(model):
    """tokenizer.json that decides for itself: NFC, a space in front, trimmed ranges, BOS by template."""
    folder = os.path.join(OUT, "bpe_json")
    merges = [tuple(merge) for merge in model["merges"]]
    tokenizer = Tokenizer(models.BPE(vocab=model["vocab"], merges=merges, ignore_merges=True))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.Sequence([
        processors.ByteLevel(trim_offsets=True),
        processors.TemplateProcessing("<|endoftext|> $A", "<|endoftext|> $A:0 <|endoftext|>:1 $B:1",
                                      [("<|endoftext|>", 0)])])
    tokenizer.add_special_tokens(["<|endoftext|>"])
    tokenizer.add_tokens([AddedToken(**token) for token in ADDED])
    os.makedirs(folder, exist_ok=True)
    saved = json.loads(tokenizer.to_str())
    saved["model"]["merges"] = [" ".join(merge) for merge in saved["model"]["merges"]]  # the older form
    write(folder, "tokenizer.json", saved)
    write(folder, "config.json", {"model_type": "gpt2"})


def bert_vocab(name, vocab, config):
    """vocab.txt and what tokenizer_config.json says."""
    folder = os.path.join(OUT, name)
    write(folder, "vocab.txt", "".join(piece + "\n" for piece in sorted(vocab, key=vocab.get)))
    if config:
        write(folder, "tokenizer_config.json", config)
    write(folder, "config.json", {"model_type": "bert"})


def bert_json(name, vocab, normalizer, processor, config, most=100, prefix="##", cleanup=True, more=()):
    folder = os.path.join(OUT, name)
    tokenizer = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]", max_input_chars_per_word=most,
                                           continuing_subword_prefix=prefix))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(prefix=prefix, cleanup=cleanup)
    tokenizer.post_processor = processor
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    tokenizer.add_tokens([AddedToken(**token) for token in more])
    tokenizer.enable_truncation(16)  # both are ignored when reading
    tokenizer.enable_padding(length=16)
    write(folder, "tokenizer.json", json.loads(tokenizer.to_str()))
    write(folder, "config.json", {"model_type": "bert"})
    if config:
        write(folder, "tokenizer_config.json", config)


def variants():
    """The same models with other normalisers and pre-tokenisers around them."""
    with open(os.path.join(OUT, "bpe_json", "tokenizer.json"), encoding="utf-8") as file:
        bpe = json.load(file)
    digits = {"type": "Digits", "individual_digits": True}
    bpe["normalizer"] = {"type": "Sequence", "normalizers": [
        {"type": "Strip", "strip_left": True, "strip_right": True}, {"type": "NFKC"}]}
    bpe["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [digits, bpe["pre_tokenizer"]]}
    bpe["post_processor"] = None
    write(os.path.join(OUT, "bpe_digits"), "tokenizer.json", bpe)
    with open(os.path.join(OUT, "bert_uncased", "tokenizer.json"), encoding="utf-8") as file:
        bert = json.load(file)
    steps = ["NFKD", "Lowercase", "StripAccents"]
    bert["normalizer"] = {"type": "Sequence", "normalizers": [{"type": step} for step in steps]}
    bert["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [
        {"type": "Whitespace"}, {"type": "Punctuation", "behavior": "Isolated"}]}
    write(os.path.join(OUT, "bert_steps"), "tokenizer.json", bert)


def byte_positions(text):
    positions = [0]
    for character in text:
        positions.append(positions[-1] + len(character.encode()))
    return positions


def expect(tokenizer, text, pair, options, bos):
    encoding = tokenizer.encode(text, pair, add_special_tokens="n" not in options)
    positions = [byte_positions(text), byte_positions(pair or "")]
    ranges, sentences = [], []
    for (start, stop), sentence in zip(encoding.offsets, encoding.sequence_ids):
        sentences.append("-" if sentence is None else str(sentence))
        ranges += [0, 0] if sentence is None else [positions[sentence][start], positions[sentence][stop]]
    ids, types = list(encoding.ids), "".join(map(str, encoding.type_ids))
    decoded = tokenizer.decode(ids, skip_special_tokens=False)
    if "b" in options and not (ids[:1] == [bos] and sentences[0] == "-"):
        ids, ranges, types, sentences = [bos] + ids, [0, 0] + ranges, "0" + types, ["-"] + sentences
        decoded = None
    sentences = "".join(sentences)
    plain = lambda kinds: None if not kinds.strip("0") else kinds
    return [text, pair, options, ids, ranges, plain(types), plain(sentences), None if decoded == text else decoded]


def record(name, tokenizer, cases, bos=None):
    tokenizer.no_truncation()
    tokenizer.no_padding()
    chooser, lines = random.Random(name), []
    for text, pair in cases:
        options = "n" if chooser.random() < 0.1 else "b" if bos is not None and chooser.random() < 0.05 else ""
        line = expect(tokenizer, text, pair, options, bos)
        if "b" in options and line[7] is None:
            line[7] = tokenizer.decode(line[3], skip_special_tokens=False)
        lines.append(compact(line))
    write(OUT, name + ".jsonl", "\n".join(lines) + "\n")
    print(name, len(lines), os.path.getsize(os.path.join(OUT, name + ".jsonl")))


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    bpe, uncased, cased = train_bpe(), choose_wordpiece(True), choose_wordpiece(False)
    template = processors.TemplateProcessing("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1",
                                             [("[CLS]", 2), ("[SEP]", 3)])
    bpe_files(bpe)
    bpe_decoder(bpe)
    bpe_json(bpe)
    bert_json("bert_uncased", uncased, normalizers.BertNormalizer(), template,
              {"tokenizer_class": "BertTokenizer", "do_lower_case": True})
    bert_json("bert_cased", cased, normalizers.BertNormalizer(lowercase=False, strip_accents=True),
              processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2)), None, most=12, cleanup=False, more=ADDED)
    bert_vocab("bert_vocab", uncased, None)
    bert_vocab("bert_vocab_cased", cased, {"do_lower_case": False, "tokenize_chinese_chars": False})
    bert_vocab("bert_vocab_accents", uncased, {"strip_accents": False, "tokenizer_class": "BertTokenizer"})

    variants()

    cases = strings()
    some = cases[: len(handmade())] + cases[-80:]
    auto = lambda name: AutoTokenizer.from_pretrained(os.path.join(OUT, name))._tokenizer
    file = lambda name: Tokenizer.from_file(os.path.join(OUT, name, "tokenizer.json"))
    singles = [case for case in cases if case[1] is None]
    record("novella", AutoTokenizer.from_pretrained(NOVELLA)._tokenizer, singles, 4095)
    record("bert_uncased", auto("bert_uncased"), cases)
    for name in ("bpe_files", "bpe_decoder"):
        record(name, auto(name), some, 0)
    record("bpe_json", file("bpe_json"), some)
    record("bert_cased", file("bert_cased"), some)
    for name in ("bpe_digits", "bert_steps"):
        record(name, file(name), some[::2])
    for name in ("bert_vocab", "bert_vocab_cased", "bert_vocab_accents"):
        record(name, auto(name), some)


if __name__ == "__main__":
    main()
