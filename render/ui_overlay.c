/* What the window costs, in numbers over the view: of the frames before this one, since showing them makes none. */
#include "render/ui_impl.h"

static const char *megabytes(const RenPaint *paint, size_t bytes) {
  return ren_frame_format(paint->frame, "%.2f MB", (double)bytes / (1024 * 1024));
}

static const char *milliseconds(const RenPaint *paint, const RenMeter *meter) {
  if (meter->n == 0) return "–";
  return ren_frame_format(paint->frame, "%.2f ms, median %.2f, p95 %.2f", (double)ren_meter_last(meter) * 1000,
                          (double)ren_meter_quantile(meter, 0.5f) * 1000,
                          (double)ren_meter_quantile(meter, 0.95f) * 1000);
}

static void draw_number(const RenPaint *paint, RenRect row, const char *name, const char *value) {
  RenTextShape shape = {.text = name, .font = REN_MONO, .size = REN_TEXT_SMALL, .color = paint->theme->muted};
  ren_frame_text(paint->frame, REN_NO_ID, ren_rect_cut_left(&row, REN_OVERLAY_NAME), shape);
  shape.text = value ? value : "";
  shape.color = paint->theme->text;
  ren_frame_text(paint->frame, REN_NO_ID, row, shape);
}

void ren_ui_draw_overlay(RenUi *ui, const RenPaint *paint) {
  if (!ui->overlay_open) return;
  size_t commands = ren_frame_count(ui->frame);
  size_t lua = ui->host.lua_bytes ? ui->host.lua_bytes(ui->host.context) : 0;
  const struct {
    const char *name, *value;
  } rows[] = {{"frame", milliseconds(paint, &ui->meter)},
              {"commands", ren_frame_format(ui->frame, "%zu", commands)},
              {"glyphs", megabytes(paint, ren_text_cache_bytes(ui->fonts))},
              {"arena", megabytes(paint, ren_frame_bytes(ui->frame))},
              {"pictures", megabytes(paint, ren_raster_cache_bytes(ui->raster))},
              {"Lua", lua > 0 ? megabytes(paint, lua) : "–"}};
  const size_t n = sizeof rows / sizeof *rows;
  RenRect view = ui->layout.area;
  RenRect box = {view.x + REN_PAD, view.y + REN_PAD, REN_OVERLAY_WIDTH, (float)n * REN_LINE_SMALL + 2 * REN_PAD};
  ren_widget_menu(paint, box);
  ren_frame_area(ui->frame, (RenId){REN_ID_OVERLAY, 0, 0, 0}, box);
  box = ren_rect_inset(box, REN_PAD);
  for (size_t i = 0; i < n; i++)
    draw_number(paint, ren_rect_cut_top(&box, REN_LINE_SMALL), rows[i].name, rows[i].value);
}
