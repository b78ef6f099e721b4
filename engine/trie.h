/* A set of strings of characters, each with a number, and the longest of them that begins at a place. */
#ifndef ENGINE_TRIE_H
#define ENGINE_TRIE_H

#include "engine/chars.h"

typedef struct EngTrieNode {
  uint32_t code;
  int value;       /* of the string that ends here, -1 for none */
  int child, next; /* first child, next sibling; 0 for none (node 0 is the root) */
} EngTrieNode;

typedef struct EngTrie {
  EngTrieNode *nodes;
  int n_nodes, capacity;
} EngTrie; /* all zero is empty */

void eng_trie_free(EngTrie *trie);

/* Adds `chars` with a value of at least 0; the first value of equal strings stays. False when memory is short. */
bool eng_trie_add(EngTrie *trie, const EngChars *chars, int value);

/* The value of the longest string that begins at chars[from] and ends before `to`, -1 for none; its end in
 * `stop`. */
int eng_trie_longest(const EngTrie *trie, const EngChars *chars, size_t from, size_t to, size_t *stop);

#endif
