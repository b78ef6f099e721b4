/* Time that passes, by a clock that nobody sets. */
#ifndef ENGINE_CLOCK_H
#define ENGINE_CLOCK_H

double eng_clock_seconds(void);

#endif
