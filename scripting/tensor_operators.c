/* Operators and what goes element by element. Numbers stand in for tensors without axes. */
#include "scripting/tensor_box.h"

#include "engine/tensor_ops.h"

static int binary(lua_State *L, EngBinary op) {
  float x = 0, y = 0;
  lua_settop(L, 2);
  EngTensor *out = scr_new_tensor(L);
  EngTensor a = scr_check_operand(L, 1, &x), b = scr_check_operand(L, 2, &y);
  EngError err = {0};
  if (!eng_tensor_binary(out, op, &a, &b, &err)) return scr_raise(L, &err);
  return scr_return_tensor(L, out);
}

static int add(lua_State *L) { return binary(L, ENG_ADD); }
static int sub(lua_State *L) { return binary(L, ENG_SUB); }
static int mul(lua_State *L) { return binary(L, ENG_MUL); }
static int div_by(lua_State *L) { return binary(L, ENG_DIV); }
static int pow_of(lua_State *L) { return binary(L, ENG_POW); }
static int lt(lua_State *L) { return binary(L, ENG_LT); }
static int le(lua_State *L) { return binary(L, ENG_LE); }
static int gt(lua_State *L) { return binary(L, ENG_GT); }
static int ge(lua_State *L) { return binary(L, ENG_GE); }
static int eq(lua_State *L) { return binary(L, ENG_EQ); }

static int unary(lua_State *L, EngUnary op) {
  lua_settop(L, 1);
  EngTensor *out = scr_new_tensor(L);
  EngError err = {0};
  if (!eng_tensor_unary(out, op, scr_check_tensor(L, 1), &err)) return scr_raise(L, &err);
  return scr_return_tensor(L, out);
}

static int neg(lua_State *L) { return unary(L, ENG_NEG); }
static int abs_of(lua_State *L) { return unary(L, ENG_ABS); }
static int exp_of(lua_State *L) { return unary(L, ENG_EXP); }
static int log_of(lua_State *L) { return unary(L, ENG_LOG); }
static int sqrt_of(lua_State *L) { return unary(L, ENG_SQRT); }
static int tanh_of(lua_State *L) { return unary(L, ENG_TANH); }
static int erf_of(lua_State *L) { return unary(L, ENG_ERF); }

int scr_tensor_where(lua_State *L) {
  float c = 0, x = 0, y = 0;
  lua_settop(L, 3);
  EngTensor *out = scr_new_tensor(L);
  EngTensor condition = scr_check_operand(L, 1, &c), a = scr_check_operand(L, 2, &x),
            b = scr_check_operand(L, 3, &y);
  EngError err = {0};
  if (!eng_tensor_where(out, &condition, &a, &b, &err)) return scr_raise(L, &err);
  return scr_return_tensor(L, out);
}

static int matmul(lua_State *L) {
  lua_settop(L, 2);
  EngTensor *out = scr_new_tensor(L);
  const EngTensor *a = scr_check_tensor(L, 1), *b = scr_check_tensor(L, 2);
  EngError err = {0};
  if (!eng_tensor_matmul(out, a, b, &err)) return scr_raise(L, &err);
  return scr_return_tensor(L, out);
}

/* t:eigenvalues() → real and imaginary parts. */
static int eigenvalues(lua_State *L) {
  lua_settop(L, 1);
  EngTensor *real = scr_new_tensor(L), *imaginary = scr_new_tensor(L);
  EngError err = {0};
  if (!eng_tensor_eigenvalues(real, imaginary, scr_check_tensor(L, 1), &err)) return scr_raise(L, &err);
  scr_account(L, 2 * eng_tensor_size(real) * sizeof(float));
  return 2;
}

const luaL_Reg scr_tensor_operators[] = {
    {"__add", add},    {"__sub", sub}, {"__mul", mul}, {"__div", div_by},
    {"__pow", pow_of}, {"__unm", neg}, {NULL, NULL},
};

const luaL_Reg scr_tensor_maths[] = {
    {"lt", lt},         {"le", le},
    {"gt", gt},         {"ge", ge},
    {"eq", eq},         {"abs", abs_of},
    {"exp", exp_of},    {"log", log_of},
    {"sqrt", sqrt_of},  {"tanh", tanh_of},
    {"erf", erf_of},    {"where", scr_tensor_where},
    {"matmul", matmul}, {"eigenvalues", eigenvalues},
    {NULL, NULL},
};
