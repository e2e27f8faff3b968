using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The built-in font: printable ASCII, the letters of western European languages and the signs that pictures of networks need, as bitmaps of 256 levels of coverage.
    /// The letters are strokes on a grid whose lines fall on pixel centres at every whole scale, so upright and level strokes stay sharp
    /// and curves are smoothed. At scale 1 capitals are 10 pixels high and digits 8 wide.
    /// </summary>
    public sealed class BitmapFont
    {
        private const int CapitalTop = 9;    // the grid line of the top of capitals; the baseline is line 0
        private const int Gap = 2;           // grid lines between two letters

        private static readonly BitmapFont?[] Cache = new BitmapFont?[2 * MaxScale];

        private readonly Glyph[] _ascii = new Glyph[128];
        private readonly Dictionary<char, Glyph> _others = new Dictionary<char, Glyph>();
        private readonly Glyph _missing;

        /// <summary>The largest scale that can be asked for.</summary>
        public const int MaxScale = 8;

        /// <summary>Pixels of a design unit: 1 for small print, 2 for pictures of twice the density.</summary>
        public int Scale { get; }

        /// <summary>Whether the strokes are heavier, as in titles.</summary>
        public bool IsBold { get; }

        /// <summary>Rows from the top of a capital or digit to the baseline.</summary>
        public int CapHeight => 10 * Scale;

        /// <summary>Rows that g, p or y reach below the baseline.</summary>
        public int Descent => 3 * Scale;

        /// <summary>Rows from one line of text to the next.</summary>
        public int LineHeight => 16 * Scale;

        private BitmapFont(int scale, bool bold)
        {
            Scale = scale;
            IsBold = bold;
            var lines = new Dictionary<char, string>();
            foreach (string line in Strokes.Split(new[] { '\r', '\n' }, StringSplitOptions.RemoveEmptyEntries)) lines.Add(line[0], line);
            foreach (string line in lines.Values) Keep(line[0], Rasterise(line, "", scale, bold));
            foreach (string letter in Accented.Split(' ')) Keep(letter[0], Rasterise(lines[letter[1]], lines[letter[2]], scale, bold));
            _missing = _others['\uFFFD'];
            for (int i = 0; i < _ascii.Length; i++) _ascii[i] ??= _missing;
        }

        /// <summary>The font at a scale of 1 … <see cref="MaxScale"/>; made once and kept.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The scale is outside 1 … <see cref="MaxScale"/>.</exception>
        public static BitmapFont Get(int scale, bool bold = false)
        {
            if (scale < 1 || scale > MaxScale) throw new ArgumentOutOfRangeException(nameof(scale), $"BitmapFont: expected a scale of 1 to {MaxScale}, got {scale}.");
            ref BitmapFont? slot = ref Cache[2 * (scale - 1) + (bold ? 1 : 0)];
            return slot ??= new BitmapFont(scale, bold);
        }

        /// <summary>The width in pixels of one line of text, from the first to the last inked column.</summary>
        public int Measure(ReadOnlySpan<char> text)
        {
            int width = 0;
            foreach (char character in text) width += GlyphOf(character).Advance;
            return text.Length == 0 ? 0 : width - Gap * Scale;
        }

        /// <summary>The text itself if it is at most <paramref name="width"/> pixels wide, otherwise its beginning and "…"; empty if not even that fits.</summary>
        public string Shorten(string text, int width)
        {
            if (Measure(text) <= width) return text;
            for (int length = text.Length - 1; length > 0; length--)
            {
                string shorter = text.Substring(0, length).TrimEnd() + "…";
                if (Measure(shorter) <= width) return shorter;
            }
            return "";
        }

        private void Keep(char character, Glyph glyph)
        {
            if (character < 128) _ascii[character] = glyph;
            else _others.Add(character, glyph);
        }

        internal Glyph GlyphOf(char character)
        {
            if (character < 128) return _ascii[character];
            return _others.TryGetValue(character, out Glyph? glyph) ? glyph : _missing;
        }

        /// <summary>One letter's coverage, 0 … 255 a pixel, and where it lies from the pen: column Left, and row Top below the top of a capital.</summary>
        internal sealed class Glyph
        {
            internal int Left, Top, Width, Height, Advance;
            internal byte[] Coverage = Array.Empty<byte>();
        }

        private static Glyph Rasterise(string line, string accent, int scale, bool bold)
        {
            string[] parts = line.Substring(2).Split('|');
            double width = Parse(parts[0]);
            var glyph = new Glyph { Advance = (int)(width + 1 + Gap) * scale };
            var segments = new List<(double X0, double Y0, double X1, double Y1)>();
            for (int i = 1; i < parts.Length; i++) Flatten(parts[i], 0.0, 0.0, segments);
            if (accent.Length > 0)
            {
                string[] marks = accent.Substring(2).Split('|');
                double offset = Math.Floor((width - Parse(marks[0])) / 2.0), raise = char.IsUpper(line[0]) && accent[0] != '¸' ? 3.0 : 0.0;
                for (int i = 1; i < marks.Length; i++) Flatten(marks[i], offset, raise, segments);
            }
            if (segments.Count == 0) return glyph;

            // Grid line g lies on the centre of the middle pixel of its block; bold strokes grow to the right and upwards by what they gain.
            double half = scale * (bold ? 0.8 : 0.53);
            double centre = (scale - 1) * 0.5, shift = bold ? scale * 0.25 : 0.0;
            double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
            for (int i = 0; i < segments.Count; i++)
            {
                var s = segments[i];
                s = (s.X0 * scale + centre + shift, (CapitalTop - s.Y0) * scale + centre, s.X1 * scale + centre + shift, (CapitalTop - s.Y1) * scale + centre);
                segments[i] = s;
                left = Math.Min(left, Math.Min(s.X0, s.X1));
                right = Math.Max(right, Math.Max(s.X0, s.X1));
                top = Math.Min(top, Math.Min(s.Y0, s.Y1));
                bottom = Math.Max(bottom, Math.Max(s.Y0, s.Y1));
            }
            double reach = half + 0.5;
            glyph.Left = (int)Math.Floor(left - reach) + 1;
            glyph.Top = (int)Math.Floor(top - reach) + 1;
            glyph.Width = (int)Math.Ceiling(right + reach) - glyph.Left;
            glyph.Height = (int)Math.Ceiling(bottom + reach) - glyph.Top;
            glyph.Coverage = new byte[glyph.Width * glyph.Height];
            for (int y = 0; y < glyph.Height; y++)
            {
                for (int x = 0; x < glyph.Width; x++)
                {
                    double nearest = double.MaxValue;
                    foreach (var s in segments) nearest = Math.Min(nearest, SquaredDistance(x + glyph.Left, y + glyph.Top, s));
                    double cover = Math.Min(1.0, Math.Max(0.0, half + 0.5 - Math.Sqrt(nearest)));
                    glyph.Coverage[y * glyph.Width + x] = (byte)(cover * 255.0 + 0.5);
                }
            }
            return glyph;
        }

        private static double SquaredDistance(double x, double y, (double X0, double Y0, double X1, double Y1) s)
        {
            double dx = s.X1 - s.X0, dy = s.Y1 - s.Y0, length = dx * dx + dy * dy;
            double along = length == 0.0 ? 0.0 : Math.Min(1.0, Math.Max(0.0, ((x - s.X0) * dx + (y - s.Y0) * dy) / length));
            double ex = x - s.X0 - along * dx, ey = y - s.Y0 - along * dy;
            return ex * ex + ey * ey;
        }

        // A stroke is a list of points "x,y"; "x,y~r" rounds that corner, beginning r before it (at most half of an edge that has two round corners).
        private static void Flatten(string stroke, double right, double up, List<(double, double, double, double)> segments)
        {
            string[] words = stroke.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
            bool closed = words[words.Length - 1] == "z";
            int count = words.Length - (closed ? 1 : 0);
            var x = new double[count];
            var y = new double[count];
            var r = new double[count];
            for (int i = 0; i < count; i++)
            {
                string[] numbers = words[i].Split(',', '~');
                x[i] = Parse(numbers[0]) + right;
                y[i] = Parse(numbers[1]) + up;
                r[i] = numbers.Length > 2 ? Parse(numbers[2]) : 0.0;
            }

            double penX = 0.0, penY = 0.0;
            bool down = false;
            void LineTo(double toX, double toY)
            {
                if (down) segments.Add((penX, penY, toX, toY));
                (penX, penY, down) = (toX, toY, true);
            }
            (double X, double Y) Cut(int corner, int towards)
            {
                double dx = x[towards] - x[corner], dy = y[towards] - y[corner], length = Math.Sqrt(dx * dx + dy * dy);
                double share = Math.Min(r[corner], length * (r[towards] > 0.0 ? 0.5 : 1.0)) / length;
                return (x[corner] + dx * share, y[corner] + dy * share);
            }
            for (int i = 0; i < (closed ? count + 1 : count); i++)
            {
                int corner = i % count;
                bool end = !closed && (i == 0 || i == count - 1);
                if (end || r[corner] == 0.0)
                {
                    LineTo(x[corner], y[corner]);
                    continue;
                }
                (double fromX, double fromY) = Cut(corner, (corner + count - 1) % count);
                (double toX, double toY) = Cut(corner, (corner + 1) % count);
                LineTo(fromX, fromY);
                const double Circle = 0.5523;    // a cubic with handles of this length is a quarter of a circle to 0.03 %
                double ax = fromX + (x[corner] - fromX) * Circle, ay = fromY + (y[corner] - fromY) * Circle;
                double bx = toX + (x[corner] - toX) * Circle, by = toY + (y[corner] - toY) * Circle;
                const int Pieces = 8;
                for (int piece = 1; piece <= Pieces; piece++)
                {
                    double t = piece / (double)Pieces, u = 1.0 - t;
                    LineTo(u * u * u * fromX + 3 * u * u * t * ax + 3 * u * t * t * bx + t * t * t * toX,
                           u * u * u * fromY + 3 * u * u * t * ay + 3 * u * t * t * by + t * t * t * toY);
                }
            }
            if (count == 1) segments.Add((x[0], y[0], x[0], y[0]));
        }

        private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

        // A letter, what it is made of, and the accent that is centred on it (three lines higher on a capital).
        private const string Accented = "ŷyˆ àa` áa´ âaˆ ãa˜ äa¨ åa˚ çc¸ èe` ée´ êeˆ ëe¨ ìı` íı´ îıˆ ïı¨ ñn˜ òo` óo´ ôoˆ õo˜ öo¨ ùu` úu´ ûuˆ üu¨ ýy´ ÿy¨ " +
            "ÀA` ÁA´ ÂAˆ ÃA˜ ÄA¨ ÅA˚ ÇC¸ ÈE` ÉE´ ÊEˆ ËE¨ ÌI` ÍI´ ÎIˆ ÏI¨ ÑN˜ ÒO` ÓO´ ÔOˆ ÕO˜ ÖO¨ ÙU` ÚU´ ÛUˆ ÜU¨ ÝY´";

        // The letter, its last grid column, its strokes. Columns grow to the right, lines upwards from the baseline:
        // capitals and digits stand on 0 … 9, small letters on 0 … 6, descenders reach −3.
        private const string Strokes = @"
  1
! 0|0,9 0,3|0,0 0,0
"" 3|0,9 0,7|3,9 3,7
# 6|2,8 1,0|5,8 4,0|0,6 6,6|0,2 6,2
$ 5|5,7.2 5,8~2 0,8~2 0,4.5~1.8 5,4.5~1.8 5,1~2 0,1~2 0,1.8|2.5,9.6 2.5,-0.6
% 8|0,9~1.5 3,9~1.5 3,5~1.5 0,5~1.5 z|5,4~1.5 8,4~1.5 8,0~1.5 5,0~1.5 z|7,9 1,0
& 6|6,0 1,6.4~1 1,9~1.6 4,9~1.6 4,6~1.2 0,4~1.5 0,0~2.2 4.4,0~2.4 6,4
' 0|0,9 0,7
( 2|2,10 0,7.5~3 0,-0.5~3 2,-3
) 2|0,10 2,7.5~3 2,-0.5~3 0,-3
* 4|2,9 2,4|0,8 4,5|0,5 4,8
+ 4|2,6 2,2|0,4 4,4
, 1|1,0 1,-0.6 0,-2
- 3|0,4 3,4
. 0|0,0 0,0
/ 4|0,-1 4,10
0 5|0,9~3.2 5,9~3.2 5,0~3.2 0,0~3.2 z
1 5|1,7 3,9 3,0
2 5|0,7.3 0,9~2.4 5,9~2.6 5,5.2~1.6 0,0 5,0
3 5|0,7.6 0,9~2.2 5,9~2.4 5,5~2.2 2,5|2,5 5,5~2.4 5,0~2.6 0,0~2.2 0,1.4
4 5|4,0 4,9 0,3 5,3
5 5|4.7,9 0,9 0,6|0,6 5,6~2.8 5,0~2.8 0,0~2.2 0,1.2
6 5|4.8,8.2 4.6,9~1.4 0,9~3 0,0~2.8 5,0~2.8 5,5~2.6 1,5~1 0,4
7 5|0,9 5,9 1.6,0
8 5|0,9~2.3 5,9~2.3 5,5~2.3 0,5~2.3 z|0,5~2.6 5,5~2.6 5,0~2.6 0,0~2.6 z
9 5|0.2,0.8 0.4,0~1.4 5,0~3 5,9~2.8 0,9~2.8 0,4~2.6 4,4~1 5,5
: 0|0,5 0,5|0,0 0,0
; 1|1,5 1,5|1,0 1,-0.6 0,-2
< 4|4,7 0,4 4,1
= 4|0,5 4,5|0,3 4,3
> 4|0,7 4,4 0,1
? 4|0,7.6 0,9~2.2 4,9~2.2 4,6~1.5 2,4.6~1 2,3|2,0 2,0
@ 8|6,3 6,6~2 2.5,6~2 2.5,2~2 6,2~1.2 6,4|6,3 6,2~1 8,2~1.4 8,9~3.4 0,9~3.4 0,-1~3.4 7,-1
A 6|0,0 3,9 6,0|1,3 5,3
B 5|0,0 0,9 4.7,9~2.2 4.7,5~2 0,5|0,5 5,5~2.6 5,0~2.6 0,0
C 5|5,7.4 5,9~2.6 0,9~3.4 0,0~3.4 5,0~2.6 5,1.6
D 5|0,0 0,9 5,9~3.6 5,0~3.6 0,0
E 4|4.4,9 0,9 0,0 4.4,0|0,5 3.8,5
F 4|4.4,9 0,9 0,0|0,5 3.8,5
G 5|5,7.4 5,9~2.6 0,9~3.4 0,0~3.4 5,0~2.8 5,4 3,4
H 5|0,9 0,0|5,9 5,0|0,5 5,5
I 0|0,9 0,0
J 3|3,9 3,0~2.4 0,0~1.8 0,0.6
K 5|0,9 0,0|5,9 0,3.6|1.7,5.1 5,0
L 4|0,9 0,0 4.4,0
M 6|0,0 0,9 3,3.5 6,9 6,0
N 5|0,0 0,9 5,0 5,9
O 6|0,9~4 6,9~4 6,0~4 0,0~4 z
P 5|0,0 0,9 5,9~2.8 5,4~2.8 0,4
Q 6|0,9~4 6,9~4 6,0~4 0,0~4 z|3.6,2.4 6,-0.4
R 5|0,0 0,9 5,9~2.6 5,4~2.6 0,4|2.6,4 5,0
S 5|5,7.5 5,9~2.6 0,9~2.5 0,5~2.3 5,5~2.4 5,0~2.6 0,0~2.6 0,1.5
T 6|0,9 6,9|3,9 3,0
U 5|0,9 0,0~3 5,0~3 5,9
V 6|0,9 3,0 6,9
W 8|0,9 2,0 4,7 6,0 8,9
X 5|0,9 5,0|0,0 5,9
Y 6|0,9 3,4 6,9|3,4 3,0
Z 5|0,9 5,9 0,0 5,0
[ 2|2,10 0,10 0,-3 2,-3
\ 4|0,10 4,-1
] 2|0,10 2,10 2,-3 0,-3
^ 4|0,6 2,9 4,6
_ 5|0,-2 5,-2
` 1|0,9.6 1,8.2
a 4|0.3,5 0.3,6~1.4 4,6~2.4 4,0|4,3.4 0,3.4~2.2 0,0~2.2 4,0~2.2 4,1.6
b 4|0,9 0,0|0,4.4 0,6~2.2 4,6~2.6 4,0~2.6 0,0~2.2 0,1.6
c 4|4,4.8 4,6~2 0,6~2.8 0,0~2.8 4,0~2 4,1.2
d 4|4,9 4,0|4,4.4 4,6~2.2 0,6~2.6 0,0~2.6 4,0~2.2 4,1.6
e 4|0,3 4,3 4,6~2.6 0,6~2.8 0,0~2.8 4,0~2 4,0.8
f 3|1,0 1,9~2.2 3.4,9|0,6 3.2,6
g 4|4,6 4,-3~2.6 0,-3~1.6 0,-2.4|4,4.4 4,6~2.2 0,6~2.6 0,0~2.6 4,0~2.2 4,1.6
h 4|0,9 0,0|0,4 0,6~2.4 4,6~2.4 4,0
i 0|0,6 0,0|0,9 0,9
j 1|1,6 1,-3~1.8 -0.6,-3|1,9 1,9
k 4|0,9 0,0|4,6 0,2.2|1.4,3.5 4,0
l 1|0,9 0,0~1.6 1.5,0
m 8|0,6 0,0|0,4 0,6~2.4 4,6~2.2 4,0|4,4 4,6~2.4 8,6~2.2 8,0
n 4|0,6 0,0|0,4 0,6~2.4 4,6~2.4 4,0
o 4|0,6~2.9 4,6~2.9 4,0~2.9 0,0~2.9 z
p 4|0,6 0,-3|0,4.4 0,6~2.2 4,6~2.6 4,0~2.6 0,0~2.2 0,1.6
q 4|4,6 4,-3|4,4.4 4,6~2.2 0,6~2.6 0,0~2.6 4,0~2.2 4,1.6
r 3|0,6 0,0|0,3.6 0,6~2.6 3.2,6
s 4|3.8,4.9 3.8,6~1.8 0,6~1.8 0,3.2~1.6 4,3.2~1.6 4,0~1.8 0,0~1.8 0,1.1
t 3|1,8.6 1,0~2 3.3,0|0,6 3.2,6
u 4|0,6 0,0~2.4 4,0~2.4 4,2|4,6 4,0
v 4|0,6 2,0 4,6
w 6|0,6 1.5,0 3,5 4.5,0 6,6
x 4|0,6 4,0|0,0 4,6
y 4|0,6 2,0|4,6 1.4,-2~1 0.6,-3 0,-3
z 4|0,6 4,6 0,0 4,0
{ 3|3,10 1.4,10~1.4 1.4,3.5~1.4 0,3.5|3,-3 1.4,-3~1.4 1.4,3.5~1.4 0,3.5
| 0|0,10 0,-3
} 3|0,10 1.6,10~1.4 1.6,3.5~1.4 3,3.5|0,-3 1.6,-3~1.4 1.6,3.5~1.4 3,3.5
~ 5|0,3.4 0,5~1.4 2.5,4.4~1.4 2.5,3.6~1.4 5,3~1.4 5,4.6
´ 1|1,9.6 0,8.2
ˆ 3|0,8 1.5,9.4 3,8
¨ 3|0,9 0,9|3,9 3,9
˜ 4|0,8.2 0,9.2~1 2,8.8~1 2,8.4~1 4,8~1 4,9.2
˚ 2|0,10~1 2,10~1 2,8~1 0,8~1 z
¸ 2|1,-1 1,-1.8~0.6 2,-1.8~1 2,-3~1 0,-3
ı 0|0,6 0,0
ß 4|0,0 0,9~2.2 3.6,9~2 3.6,5.4~1.4 1.8,5.4|1.8,5.4 4,5.4~2 4,0~2.4 1.6,0
æ 7|0,5 0,6~1.4 3.6,6~1.6 3.6,0~2.4 0,0~2 0,3~1.6 7,3 7,6~2.4 3.6,6~2.4 3.6,0~2.4 7,0~1.6 7,0.9
ø 4|0,6~2.9 4,6~2.9 4,0~2.9 0,0~2.9 z|-0.4,-0.6 4.4,6.6
Æ 8|0,0 3.4,9 8,9|4,9 4,0 8,0|1.2,3 4,3|4,5 7.4,5
Ø 6|0,9~4 6,9~4 6,0~4 0,0~4 z|0,-0.6 6,9.6
° 3|0,9~1.5 3,9~1.5 3,6~1.5 0,6~1.5 z
± 4|2,7 2,3|0,5 4,5|0,0 4,0
⁰ 3|0,9~1.5 3,9~1.5 3,4~1.5 0,4~1.5 z
¹ 2|0.6,8 2,9 2,4
² 3|0,8 0,9~1.4 3,9~1.5 3,6.8~1 0,4 3,4
³ 3|0,9 3,9~1.3 3,7~1 1,7|1,7 3,7~1.3 3,4~1.5 0,4
⁴ 3|2,4 2,9 0,6 3.4,6
⁵ 3|3,9 0,9 0,7|0,7 3,7~1.5 3,4~1.5 0,4
⁶ 3|2.8,9 0,9~1.8 0,4~1.4 3,4~1.4 3,7~1.3 0.5,7
⁷ 3|0,9 3,9 1,4
⁸ 3|0,9~1.2 3,9~1.2 3,7~1 0,7~1 z|0,7~1 3,7~1 3,4~1.4 0,4~1.4 z
⁹ 3|0.3,4 3,4~1.8 3,9~1.4 0,9~1.4 0,6~1.3 3,6
⁻ 3|0,6 3,6
µ 4|0,6 0,-3|0,6 0,0~2.4 4,0~2.4 4,2|4,6 4,0
μ 4|0,6 0,-3|0,6 0,0~2.4 4,0~2.4 4,2|4,6 4,0
Δ 6|0,0 3,9 6,0 0,0
‖ 3|0,10 0,-3|3,10 3,-3
· 0|0,4 0,4
– 5|0,4 5,4
— 8|0,4 8,4
− 4|0,4 4,4
→ 7|0,4 7,4|4.5,6.5 7,4 4.5,1.5
← 7|0,4 7,4|2.5,6.5 0,4 2.5,1.5
↑ 4|2,8 2,0|0,6 2,8 4,6
↓ 4|2,8 2,0|0,2 2,0 4,2
σ 5|0,6~2.9 4,6~2.9 4,0~2.9 0,0~2.9 z|2,6 5.4,6
× 4|0,6 4,2|0,2 4,6
≤ 4|4,8 0,5 4,2|0,0 4,0
≥ 4|0,8 4,5 0,2|0,0 4,0
≈ 5|0,4.4 0,6~1.4 2.5,5.4~1.4 2.5,4.6~1.4 5,4~1.4 5,5.6|0,1.4 0,3~1.4 2.5,2.4~1.4 2.5,1.6~1.4 5,1~1.4 5,2.6
∞ 8|0,6~2.2 4,6~2.2 4,1~2.2 0,1~2.2 z|4,6~2.2 8,6~2.2 8,1~2.2 4,1~2.2 z
√ 6|0,3.5 1,4 2.6,0 4,9 6.4,9
∂ 4|0.3,8 0.3,9~1.4 4,9~2.6 4,0~2.6 0,0~2.4 0,5~2.4 4,5~2 4,3
α 5|5,6 3.8,0~2 0,0~2.8 0,6~2.8 3.8,6~2 5,0
β 4|0,-3 0,9~2.2 3.7,9~2 3.7,5~1.8 1.5,5|1.5,5 4,5~2.4 4,0~2.4 0,0
λ 5|0.4,9 1.4,9~1 5,0|2.4,5.4 0,0
τ 4|0,6 4,6|2,6 2,0~1.6 3.6,0
π 5|0,6 5,6|1.2,6 1,0|3.8,6 4,0
… 6|0,0 0,0|3,0 3,0|6,0 6,0
� 4|0,9 4,9 4,0 0,0 0,9
";
    }
}
