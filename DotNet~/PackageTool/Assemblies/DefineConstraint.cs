using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Recurrent.PackageTool;

/// <summary>One of the define constraints of an asmdef: symbols, each perhaps after a <c>!</c>, of which one must hold, with <c>||</c> between them.</summary>
public sealed partial class DefineConstraint
{
    private readonly List<(string Symbol, bool Defined)> _terms;

    private DefineConstraint(List<(string Symbol, bool Defined)> terms) => _terms = terms;

    /// <summary>The symbols that it speaks of.</summary>
    public IEnumerable<string> Symbols => _terms.Select(term => term.Symbol);

    /// <summary>Reads a constraint, or returns null where Unity would not understand it.</summary>
    public static DefineConstraint? Parse(string text)
    {
        var terms = new List<(string, bool)>();
        foreach (string part in text.Split("||"))
        {
            string term = part.Trim();
            bool defined = !term.StartsWith('!');
            string symbol = defined ? term : term[1..];
            if (!IsSymbol(symbol)) return null;
            terms.Add((symbol, defined));
        }

        return new DefineConstraint(terms);
    }

    /// <summary>Whether it holds where these symbols are defined.</summary>
    public bool Holds(IReadOnlySet<string> symbols) => _terms.Exists(term => symbols.Contains(term.Symbol) == term.Defined);

    /// <summary>Whether this can be the name of a symbol.</summary>
    public static bool IsSymbol(string text) => Symbol().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z_]\w*$")]
    private static partial Regex Symbol();
}
