using System;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class StateCanvasTests
    {
        private static readonly Rgba White = new Rgba(255, 255, 255), Black = new Rgba(0, 0, 0), Red = new Rgba(200, 40, 20);

        private static StateCanvas Sheet(int width, int height)
        {
            var canvas = new StateCanvas(width, height);
            canvas.Clear(White);
            return canvas;
        }

        [Test]
        public void Pixels_lie_in_memory_as_red_green_blue_alpha_row_by_row_from_the_top()
        {
            var canvas = Sheet(3, 2);
            canvas.FillRect(new PixelRect(1, 1, 1, 1), new Rgba(1, 2, 3, 255));
            Assert.That(canvas.Pixels[4], Is.EqualTo(0xFF030201u));
            Assert.That(BitConverter.GetBytes(canvas.Pixels[4]), Is.EqualTo(new byte[] { 1, 2, 3, 255 }));
        }

        [Test]
        public void FillRect_blends_by_opacity_and_stays_in_the_clip()
        {
            var canvas = Sheet(8, 8);
            canvas.Clip = new PixelRect(2, 2, 3, 3);
            canvas.FillRect(new PixelRect(-5, 3, 100, 100), new Rgba(0, 0, 0, 51));    // a fifth: 255 · 0.8 = 204
            Assert.That(canvas[2, 3], Is.EqualTo(new Rgba(204, 204, 204)));
            Assert.That(canvas[4, 4], Is.EqualTo(new Rgba(204, 204, 204)));
            Assert.That(canvas[1, 3], Is.EqualTo(White));
            Assert.That(canvas[5, 4], Is.EqualTo(White));
            Assert.That(canvas[2, 2], Is.EqualTo(White));
            Assert.That(canvas[4, 5], Is.EqualTo(White));
        }

        [Test]
        public void Blending_on_transparent_ground_keeps_the_color_and_adds_up_opacity()
        {
            var canvas = new StateCanvas(1, 1);
            canvas.FillRect(canvas.Bounds, Red.WithOpacity(0.5f));
            Assert.That(canvas[0, 0], Is.EqualTo(new Rgba(200, 40, 20, 128)));
            canvas.FillRect(canvas.Bounds, Red.WithOpacity(0.5f));    // 128 + 128 · (1 − 128 / 255) = 192
            Assert.That(canvas[0, 0], Is.EqualTo(new Rgba(200, 40, 20, 192)));
        }

        [Test]
        public void A_line_through_pixel_centres_is_sharp_and_one_between_them_is_shared()
        {
            var canvas = Sheet(20, 8);
            canvas.Line(4.5f, 2.5f, 14.5f, 2.5f, Black);
            for (int x = 4; x <= 14; x++) Assert.That(canvas[x, 2], Is.EqualTo(Black), "column " + x);
            Assert.That(canvas[3, 2], Is.EqualTo(White));
            Assert.That(canvas[15, 2], Is.EqualTo(White));
            Assert.That(canvas[9, 1], Is.EqualTo(White));
            Assert.That(canvas[9, 3], Is.EqualTo(White));

            canvas.Line(4.5f, 6f, 14.5f, 6f, Black);
            Assert.That(canvas[9, 5], Is.EqualTo(new Rgba(127, 127, 127)));
            Assert.That(canvas[9, 6], Is.EqualTo(new Rgba(127, 127, 127)));
        }

        [Test]
        public void A_line_thinner_than_a_pixel_is_a_faint_line_of_a_pixel()
        {
            var canvas = Sheet(10, 3);
            canvas.Line(0f, 1.5f, 10f, 1.5f, Black, 0.4f);
            Assert.That(canvas[5, 1], Is.EqualTo(new Rgba(153, 153, 153)));
            Assert.That(canvas[5, 0], Is.EqualTo(White));
        }

        [Test]
        public void A_polyline_is_blended_once_where_it_crosses_itself()
        {
            var canvas = Sheet(20, 20);
            Rgba faint = Black.WithOpacity(0.4f);
            canvas.Polyline(new[] { 2.5f, 16.5f, 16.5f, 9.5f, 9.5f }, new[] { 9.5f, 9.5f, 2.5f, 2.5f, 17.5f }, faint);
            Assert.That(canvas[9, 9], Is.EqualTo(new Rgba(153, 153, 153)));    // the crossing
            Assert.That(canvas[4, 9], Is.EqualTo(new Rgba(153, 153, 153)));
            Assert.That(canvas[9, 14], Is.EqualTo(new Rgba(153, 153, 153)));
        }

        [Test]
        public void A_point_that_is_not_finite_leaves_a_gap_and_a_point_alone_a_dot()
        {
            var canvas = Sheet(40, 3);
            canvas.Polyline(new[] { 2.5f, 8.5f, 14.5f, 20.5f, 26.5f, 32.5f, 38.5f }, new[] { 1.5f, 1.5f, float.NaN, 1.5f, float.PositiveInfinity, 1.5f, 1.5f }, Black);
            Assert.That(canvas[5, 1], Is.EqualTo(Black));
            for (int x = 9; x < 20; x++) Assert.That(canvas[x, 1], Is.EqualTo(White), "column " + x);
            Assert.That(canvas[20, 1], Is.EqualTo(Black));
            for (int x = 21; x < 32; x++) Assert.That(canvas[x, 1], Is.EqualTo(White), "column " + x);
            Assert.That(canvas[36, 1], Is.EqualTo(Black));
        }

        [Test]
        public void Dashes_run_on_through_the_points_of_a_polyline()
        {
            var canvas = Sheet(60, 3);
            // 8 on, 6 off: dashes over 0…8, 14…22, 28…36, 42…50 although the points stand at 0, 17, 33, 60.
            canvas.Polyline(new[] { 0f, 17f, 33f, 60f }, new[] { 1.5f, 1.5f, 1.5f, 1.5f }, Black, 1f, new[] { 8f, 6f });
            foreach (int x in new[] { 1, 7, 15, 17, 21, 29, 33, 35, 43, 49 }) Assert.That(canvas[x, 1], Is.EqualTo(Black), "column " + x);
            foreach (int x in new[] { 9, 12, 23, 26, 37, 40, 51, 54 }) Assert.That(canvas[x, 1], Is.EqualTo(White), "column " + x);
        }

        [Test]
        public void A_sine_passes_through_its_golden_pixels()
        {
            // y = 50 − 40 · sin(x · 2π / 200): crests at row 10 over column 50, row 90 over column 150, zero at columns 0 and 100.
            var canvas = Sheet(200, 100);
            var x = new float[201];
            var y = new float[201];
            for (int i = 0; i <= 200; i++)
            {
                x[i] = i;
                y[i] = 50f - 40f * (float)Math.Sin(i * Math.PI / 100.0);
            }
            canvas.Polyline(x, y, Black, 2f);
            foreach ((int column, int row) in new[] { (50, 9), (50, 10), (150, 89), (150, 90), (100, 50), (99, 49) }) Assert.That(canvas[column, row].R, Is.LessThan(8), $"{column}, {row}");
            foreach ((int column, int row) in new[] { (50, 7), (50, 12), (150, 87), (150, 92), (100, 47), (100, 53), (25, 25), (25, 18) }) Assert.That(canvas[column, row], Is.EqualTo(White), $"{column}, {row}");
            Assert.That(canvas[25, 21], Is.EqualTo(Black));    // 50 − 40 · sin(π/4) = 21.7
            int ink = 0;
            foreach (uint pixel in canvas.Pixels) ink += 255 - new Rgba(pixel).R;
            // Its length is ∫√(1 + (0.4π cos)²) over 200 columns = 258.0 pixels, times a width of 2; smoothing at a curved or slanted edge adds up to 3 %.
            Assert.That(ink / 255.0, Is.InRange(510.0, 532.0));
        }

        [Test]
        public void A_line_from_far_outside_is_cut_at_the_clip()
        {
            var canvas = Sheet(30, 30);
            canvas.Clip = new PixelRect(10, 10, 10, 10);
            canvas.Line(-1e6f, -1e6f, 1e6f, 1e6f, Black, 3f);
            Assert.That(canvas[15, 15], Is.EqualTo(Black));
            Assert.That(canvas[9, 9], Is.EqualTo(White));
            Assert.That(canvas[20, 20], Is.EqualTo(White));
        }

        [Test]
        public void A_band_fills_between_its_edges_in_fractions_of_a_pixel()
        {
            var canvas = Sheet(20, 20);
            canvas.Band(new[] { 2f, 12f }, new[] { 15.25f, 15.25f }, new[] { 4.5f, 14.5f }, Black);
            Assert.That(canvas[2, 5], Is.EqualTo(Black));
            Assert.That(canvas[2, 15], Is.EqualTo(new Rgba(191, 191, 191)));    // a quarter of the row
            Assert.That(canvas[2, 16], Is.EqualTo(White));
            Assert.That(canvas[2, 4], Is.EqualTo(White));                       // at the centre of column 2 the edge is at 5.0
            Assert.That(canvas[11, 13], Is.EqualTo(White));
            Assert.That(canvas[11, 14], Is.EqualTo(Black));
            Assert.That(canvas[1, 10], Is.EqualTo(White));
            Assert.That(canvas[12, 14], Is.EqualTo(White));
        }

        [Test]
        public void Touching_bands_neither_overlap_nor_leave_a_seam()
        {
            var canvas = Sheet(30, 10);
            canvas.Band(new[] { 0f, 7.3f, 15.5f, 30f }, new[] { 2f, 2f, 2f, 2f }, new[] { 8f, 8f, 8f, 8f }, Black.WithOpacity(0.4f));
            for (int x = 0; x < 30; x++) Assert.That(canvas[x, 5], Is.EqualTo(new Rgba(153, 153, 153)), "column " + x);
        }

        [Test]
        public void Markers_have_their_own_forms()
        {
            int[] Inks()
            {
                var shapes = new[] { MarkerShape.None, MarkerShape.Circle, MarkerShape.Square, MarkerShape.Diamond, MarkerShape.Triangle, MarkerShape.Plus, MarkerShape.Cross };
                return Array.ConvertAll(shapes, shape =>
                {
                    var canvas = Sheet(40, 40);
                    canvas.Marker(shape, 20f, 20f, 20f, Black);
                    int ink = 0;
                    foreach (uint pixel in canvas.Pixels) ink += 255 - new Rgba(pixel).R;
                    return ink / 255;
                });
            }
            int[] inks = Inks();
            Assert.That(inks[0], Is.EqualTo(0));
            Assert.That(inks[1], Is.EqualTo(314).Within(4));     // π · 10²
            Assert.That(inks[2], Is.EqualTo(310).Within(4));     // 17.6²
            Assert.That(inks[3], Is.EqualTo(256).Within(4));     // two equal diagonals of 22.6
            for (int i = 1; i < inks.Length; i++) Assert.That(inks[i], Is.GreaterThan(100));
        }

        [Test]
        public void Blit_copies_a_part_and_cuts_it_at_both_edges()
        {
            var source = new StateCanvas(4, 4);
            for (int i = 0; i < 16; i++) source.Pixels[i] = (uint)i;
            var canvas = Sheet(6, 6);
            canvas.Blit(source, new PixelRect(1, 1, 10, 10), 4, 3);
            Assert.That(canvas.Pixels[3 * 6 + 4], Is.EqualTo(5u));
            Assert.That(canvas.Pixels[3 * 6 + 5], Is.EqualTo(6u));
            Assert.That(canvas.Pixels[5 * 6 + 4], Is.EqualTo(13u));
            Assert.That(canvas[3, 3], Is.EqualTo(White));
            canvas.Blit(source, new PixelRect(-1, -1, 3, 3), 0, 0);
            Assert.That(canvas[0, 0], Is.EqualTo(White));
            Assert.That(canvas.Pixels[1 * 6 + 1], Is.EqualTo(0u));
            Assert.That(canvas.Pixels[2 * 6 + 2], Is.EqualTo(5u));
        }

        [Test]
        public void The_hatch_depends_on_the_place_only()
        {
            var whole = Sheet(16, 16);
            whole.HatchRect(whole.Bounds, Black, White, 1);
            var parts = Sheet(16, 16);
            parts.HatchRect(new PixelRect(0, 0, 5, 16), Black, White, 1);
            parts.HatchRect(new PixelRect(5, 0, 11, 16), Black, White, 1);
            Assert.That(parts.Pixels, Is.EqualTo(whole.Pixels));
            Assert.That(whole[0, 0], Is.EqualTo(Black));
            Assert.That(whole[1, 3], Is.EqualTo(Black));
            Assert.That(whole[1, 0], Is.EqualTo(White));
        }

        [Test]
        public void A_polyline_allocates_only_its_coverage_and_that_once()
        {
            var canvas = Sheet(64, 64);
            var x = new[] { 1f, 60f };
            var y = new[] { 1f, 50f };
            canvas.Polyline(x, y, Black);
            Assert.That(Allocated.By(() => canvas.Polyline(x, y, Black)), Is.EqualTo(0));
        }

        [Test]
        public void Wrong_arguments_are_named()
        {
            var canvas = Sheet(4, 4);
            Assert.That(() => new StateCanvas(0, 5), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("got 0×5"));
            Assert.That(() => canvas.Polyline(new float[2], new float[3], Black), Throws.ArgumentException.With.Message.Contains("2 columns, but 3 rows"));
            Assert.That(() => canvas.Polyline(new float[2], new float[2], Black, 1f, new[] { 2f, 0f }), Throws.ArgumentException.With.Message.Contains("dashes above 0"));
            Assert.That(() => canvas[4, 0], Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }
}
