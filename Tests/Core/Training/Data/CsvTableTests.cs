using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class CsvTableTests
    {
        [Test]
        public void ReadsColumnsByNameAndIndex()
        {
            CsvTable table = CsvTable.Parse("\"Month\",\"Sunspots\"\n\"1749-01\",58.0\n\"1749-02\",-6.25e1\n");
            Assert.That(table.Columns, Is.EqualTo(new[] { "Month", "Sunspots" }));
            Assert.That(table.RowCount, Is.EqualTo(2));
            Assert.That(table.Column("Sunspots"), Is.EqualTo(new[] { 58f, -62.5f }));
            Assert.That(table.Column("1"), Is.EqualTo(new[] { 58f, -62.5f }));
            Assert.That(table.Column(1), Is.EqualTo(new[] { 58f, -62.5f }));
            Assert.That(table.Text(1, 0), Is.EqualTo("1749-02"));
            Assert.That(table.LineOf(1), Is.EqualTo(3));
        }

        [TestCase("a,b\r\n1,2\r\n3,4\r\n", TestName = "CRLF")]
        [TestCase("a,b\n1,2\n3,4", TestName = "No line end at the end")]
        [TestCase("a,b\n1,2\n3,4\n\r\n\n", TestName = "Empty lines at the end")]
        [TestCase("a;b\n1;2\n3;4\n", TestName = "Semicolons")]
        [TestCase("a\tb\n1\t2\n3\t4\n", TestName = "Tabs")]
        [TestCase("a , b\n 1 , 2 \n\"3\", \" 4\" \n", TestName = "Spaces")]
        [TestCase("\uFEFFa,b\n1,2\n3,4\n", TestName = "Byte order mark")]
        [TestCase("a,\"1,5;;;;\"\n1,2\n3,4\n", TestName = "Separators inside quotes do not count")]
        public void UnderstandsEveryDialect(string text)
        {
            CsvTable table = CsvTable.Parse(text);
            Assert.That(table.Columns.Count, Is.EqualTo(2));
            Assert.That(table.Column("a"), Is.EqualTo(new[] { 1f, 3 }));
            Assert.That(table.Column(1), Is.EqualTo(new[] { 2f, 4 }));

            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            Assert.That(CsvTable.Load(stream).Column(1), Is.EqualTo(new[] { 2f, 4 }));
        }

        [Test]
        public void TheSeparatorCanBeGiven()
        {
            CsvTable table = CsvTable.Parse("a,x|b\n1|2\n", separator: '|');
            Assert.That(table.Columns, Is.EqualTo(new[] { "a,x", "b" }));
            Assert.That(table.Column("b"), Is.EqualTo(new[] { 2f }));
            Assert.That(CsvTable.Parse("a b\n1 2\n", separator: ' ').Column("b"), Is.EqualTo(new[] { 2f }));
        }

        [Test]
        public void QuotedFieldsHoldSeparatorsQuotesAndLineEnds()
        {
            CsvTable table = CsvTable.Parse("say,n\n\"He said \"\"no, no\"\"\r\nand left\",1\n\"\",2\n");
            Assert.That(table.Text(0, 0), Is.EqualTo("He said \"no, no\"\r\nand left"));
            Assert.That(table.Text(1, 0), Is.EqualTo(""));
            Assert.That(table.LineOf(1), Is.EqualTo(4));
            Assert.That(table.Column("n"), Is.EqualTo(new[] { 1f, 2 }));
        }

        [TestCase("a,b\n1,2\n3,\n", 3, "b", "the value is missing")]
        [TestCase("a,b\n1,2\n3,  \n", 3, "b", "the value is missing")]
        [TestCase("a,b\n1,n/a\n", 2, "b", "expected a finite number, got \"n/a\"")]
        [TestCase("a,b\n1,NaN\n", 2, "b", "expected a finite number, got \"NaN\"")]
        [TestCase("a,b\n1,-Infinity\n", 2, "b", "expected a finite number, got \"-Infinity\"")]
        [TestCase("a,b\n1,1e39\n", 2, "b", "expected a finite number, got \"1e39\"")]
        [TestCase("a;b\n1;1,5\n", 2, "b", "expected a finite number, got \"1,5\"")]
        [TestCase("a,b\n\"x\ny\",1\n2,oops\n", 4, "b", "expected a finite number, got \"oops\"")]
        public void RefusesABadValueWithItsPlace(string text, int line, string column, string reason)
        {
            CsvTable table = CsvTable.Parse(text, "bad.csv");
            var exception = Assert.Throws<DataFileException>(() => table.Column(1))!;
            Assert.That((exception.Path, exception.Line, exception.Column, exception.Reason), Is.EqualTo(("bad.csv", line, column, reason)));
            Assert.That(exception.Message, Is.EqualTo($"bad.csv, line {line}, column \"{column}\": {reason}."));
        }

        [TestCase("", 1, "expected a header")]
        [TestCase("\n\n", 1, "expected a header")]
        [TestCase("1,2.5\n3,4\n", 1, "got numbers")]
        [TestCase("a,b\n1,2\n3\n", 3, "expected 2 fields as in the header, got 1")]
        [TestCase("a,b\n1,2,3\n", 2, "expected 2 fields as in the header, got 3")]
        [TestCase("a,b\n1,2\n\n3,4\n", 3, "expected 2 fields as in the header, got 1")]
        [TestCase("a,b\n1,x\"y\"\n", 2, "a quote inside a field")]
        [TestCase("a,b\n1,\"x\"y\n", 2, "after a quoted field, got 'y'")]
        [TestCase("a,b\n1,\"x\n2,3\n", 2, "never ends")]
        [TestCase("a,b\r1,2\r", 1, "carriage return without a line feed")]
        public void RefusesABadTableWithItsLine(string text, int line, string reason)
        {
            var exception = Assert.Throws<DataFileException>(() => CsvTable.Parse(text))!;
            Assert.That((exception.Line, exception.Column), Is.EqualTo((line, "")));
            Assert.That(exception.Reason, Does.Contain(reason));
        }

        [Test]
        public void QuotedNumbersAreNames()
        {
            Assert.That(CsvTable.Parse("\"2019\",\"2020\"\n7,8\n").Column("2020"), Is.EqualTo(new[] { 8f }));
        }

        [Test]
        public void RefusesTextThatIsNotUtf8()
        {
            using var stream = new MemoryStream(new byte[] { (byte)'a', (byte)'\n', (byte)'1', (byte)'\n', 0xE9, (byte)'\n' });
            var exception = Assert.Throws<DataFileException>(() => CsvTable.Load(stream, "latin1.csv"))!;
            Assert.That(exception.Message, Is.EqualTo("latin1.csv, line 3: the text is not UTF-8."));
        }

        [Test]
        public void AnUnknownColumnIsAnsweredWithTheColumnsThereAre()
        {
            CsvTable table = CsvTable.Parse("a,b,b\n1,2,3\n", "t.csv");
            Assert.That(() => table.Column("c"), Throws.ArgumentException.With.Message.Contains("t.csv has no column \"c\"; it has \"a\", \"b\", \"b\"."));
            CsvTable wide = CsvTable.Parse(string.Join(",", Enumerable.Range(0, 113).Select(c => $"o{c}")));
            Assert.That(() => wide.Column("c"), Throws.ArgumentException.With.Message.Contains("\"o38\", \"o39\" and 73 more."));
            Assert.That(() => table.Column("3"), Throws.ArgumentException);
            Assert.That(() => table.Column(3), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => table.Column("b"), Throws.ArgumentException.With.Message.Contains("two columns \"b\" (index 1 and 2)"));
            Assert.That(() => table.Text(1, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void LoadsAFileInAnyCulture()
        {
            string path = Path.GetTempFileName();
            var culture = Thread.CurrentThread.CurrentCulture;
            try
            {
                var german = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
                german.NumberFormat.NumberDecimalSeparator = ",";
                german.NumberFormat.NumberGroupSeparator = ".";
                Thread.CurrentThread.CurrentCulture = german;
                File.WriteAllText(path, "a\n1.5\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
                CsvTable table = CsvTable.Load(path);
                Assert.That(table.Name, Is.EqualTo(path));
                Assert.That(table.Column("a"), Is.EqualTo(new[] { 1.5f }));
            }
            finally
            {
                Thread.CurrentThread.CurrentCulture = culture;
                File.Delete(path);
            }
            Assert.That(() => CsvTable.Load(path), Throws.InstanceOf<FileNotFoundException>());
        }
    }
}
