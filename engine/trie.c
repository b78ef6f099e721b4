/* Nodes in one array; the children of a node are a list. */
#include "engine/trie.h"

#include "engine/budget.h"

void eng_trie_free(EngTrie *trie) {
  eng_budget_free(trie->nodes, (size_t)trie->capacity * sizeof *trie->nodes);
  *trie = (EngTrie){0};
}

/* Returns the new node's index, or -1 when memory is short. */
static int append(EngTrie *trie, EngTrieNode node) {
  if (trie->n_nodes == trie->capacity) {
    if (trie->capacity > (1 << 28)) return -1;
    int capacity = trie->capacity * 2 + 64;
    size_t size = sizeof node;
    EngTrieNode *nodes = eng_budget_realloc(trie->nodes, (size_t)trie->capacity * size, (size_t)capacity * size);
    if (!nodes) return -1;
    trie->nodes = nodes;
    trie->capacity = capacity;
  }
  trie->nodes[trie->n_nodes] = node;
  return trie->n_nodes++;
}

static int child(const EngTrie *trie, int node, uint32_t code) {
  int at = trie->nodes[node].child;
  while (at && trie->nodes[at].code != code) at = trie->nodes[at].next;
  return at;
}

/* The child of `node` for `code`, made if need be; -1 when memory is short. */
static int descend(EngTrie *trie, int node, uint32_t code) {
  int found = child(trie, node, code);
  if (found) return found;
  int made = append(trie, (EngTrieNode){code, -1, 0, trie->nodes[node].child});
  if (made > 0) trie->nodes[node].child = made;
  return made;
}

bool eng_trie_add(EngTrie *trie, const EngChars *chars, int value) {
  if (trie->n_nodes == 0 && append(trie, (EngTrieNode){0, -1, 0, 0}) < 0) return false;
  int node = 0;
  for (size_t i = 0; i < chars->n && node >= 0; i++) node = descend(trie, node, chars->at[i].code);
  if (node > 0 && trie->nodes[node].value < 0) trie->nodes[node].value = value;
  return node >= 0;
}

int eng_trie_longest(const EngTrie *trie, const EngChars *chars, size_t from, size_t to, size_t *stop) {
  int value = -1;
  if (trie->n_nodes == 0) return value;
  int node = 0;
  for (size_t i = from; i < to && (node = child(trie, node, chars->at[i].code)); i++) {
    if (trie->nodes[node].value < 0) continue;
    value = trie->nodes[node].value;
    *stop = i + 1;
  }
  return value;
}
