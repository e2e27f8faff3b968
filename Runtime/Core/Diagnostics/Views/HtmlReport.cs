using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Recurrent.Diagnostics
{
    /// <summary>One HTML page that needs nothing besides itself: it opens from the disk, by mail, without a network. Pictures stand in it as data, numbers as tables.</summary>
    public sealed class HtmlReport
    {
        private const string Style = "body{font:15px/1.5 system-ui,sans-serif;color:#1c1e21;background:#fff;max-width:58rem;margin:2rem auto;padding:0 1rem}"
            + "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.2rem}figure{margin:1rem 0}img{max-width:100%;height:auto;border:1px solid #e8eaed}"
            + "figcaption{color:#5f6368}table{border-collapse:collapse;font-variant-numeric:tabular-nums;display:block;overflow-x:auto}"
            + "th,td{padding:.25rem .8rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #e8eaed}td.n,th.n{text-align:right}";

        private readonly StringBuilder _body = new StringBuilder();
        private readonly string _title;

        /// <summary>Begins a page.</summary>
        public HtmlReport(string title)
        {
            _title = title;
            _body.Append("<h1>").Append(Escape(title)).Append("</h1>\n");
        }

        /// <summary>Adds a heading.</summary>
        public HtmlReport Heading(string text)
        {
            _body.Append("<h2>").Append(Escape(text)).Append("</h2>\n");
            return this;
        }

        /// <summary>Adds a paragraph.</summary>
        public HtmlReport Paragraph(string text)
        {
            _body.Append("<p>").Append(Escape(text)).Append("</p>\n");
            return this;
        }

        /// <summary>Adds a picture with a sentence under it, which also stands for it where pictures cannot be seen.</summary>
        /// <param name="picture">The pixels.</param>
        /// <param name="caption">The sentence.</param>
        /// <param name="scale">Pixels of a design unit, so that a dense picture is shown at its size.</param>
        public HtmlReport Picture(StateCanvas picture, string caption, int scale = 1)
        {
            _body.Append("<figure><img width=\"").Append(picture.Width / scale).Append("\" height=\"").Append(picture.Height / scale).Append("\" alt=\"").Append(Escape(caption))
                .Append("\" src=\"data:image/png;base64,").Append(Convert.ToBase64String(Png.Encode(picture))).Append("\"><figcaption>").Append(Escape(caption)).Append("</figcaption></figure>\n");
            return this;
        }

        /// <summary>Adds a table; cells that begin like a number stand at the right.</summary>
        /// <exception cref="ArgumentException">A row has another number of cells than the heading.</exception>
        public HtmlReport Table(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows)
        {
            _body.Append("<table><tr>");
            foreach (string cell in heading) _body.Append("<th>").Append(Escape(cell)).Append("</th>");
            _body.Append("</tr>\n");
            foreach (IReadOnlyList<string> row in rows)
            {
                if (row.Count != heading.Count) throw new ArgumentException($"HtmlReport: a row has {row.Count} cells, expected {heading.Count}.", nameof(rows));
                _body.Append("<tr>");
                foreach (string cell in row) _body.Append(IsNumber(cell) ? "<td class=\"n\">" : "<td>").Append(Escape(cell)).Append("</td>");
                _body.Append("</tr>\n");
            }
            _body.Append("</table>\n");
            return this;
        }

        /// <summary>The whole page.</summary>
        public override string ToString() =>
            $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Escape(_title)}</title><style>{Style}</style></head><body>\n{_body}</body></html>\n";

        /// <summary>Writes the page, whole or not at all.</summary>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void Write(string path) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToString())));

        private static bool IsNumber(string cell) => cell.Length > 0 && (char.IsDigit(cell[0]) || cell.Length > 1 && (cell[0] == '−' || cell[0] == '-') && char.IsDigit(cell[1]));

        private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");
    }
}
