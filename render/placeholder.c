typedef int ren_placeholder;
