typedef int scr_placeholder;
