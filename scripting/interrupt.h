/* Ctrl+C as a flag, for a command whose work is cancelled by one. */
#ifndef SCRIPTING_INTERRUPT_H
#define SCRIPTING_INTERRUPT_H

#include "engine/cancel.h"

/* From now on Ctrl+C (and what asks a program to end) raises `cancel`; a second time it ends the process. */
void scr_interrupt_begin(EngCancel *cancel);
void scr_interrupt_end(void);

#endif
