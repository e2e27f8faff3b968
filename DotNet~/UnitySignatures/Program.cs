using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;
using UnitySignatures;

// dotnet run --project DotNet~/UnitySignatures -- --reference DIR [--reference DIR] --of "Unity 2022.3.0f1" --output DotNet~/UnityEngine/signatures-2022.3.txt
var reference = new Option<string[]>("--reference") { Description = "A checkout of Unity's public C# reference (Runtime and Modules), or of the package com.unity.test-framework.", HelpName = "DIR", Required = true };
var of = new Option<string>("--of") { Description = "What was checked out: versions, for the list's first line.", HelpName = "TEXT", Required = true };
var output = new Option<string>("--output") { Description = "The list to write.", HelpName = "FILE", Required = true };
var root = new RootCommand("Lists the members of Unity that the doubles have, and names those that Unity does not have so.") { reference, of, output };
root.SetAction(parsed => Run(parsed.GetValue(reference)!, parsed.GetValue(of)!, parsed.GetValue(output)!));
try
{
    ParseResult parsed = root.Parse(args);
    if (parsed.Action is ParseErrorAction mistake) mistake.ShowHelp = false;
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

static int Run(string[] folders, string of, string output)
{
    SortedDictionary<string, IReadOnlyList<string>> doubles = Doubles.Read();
    Dictionary<string, HashSet<string>> reference = Reference.Read(folders, doubles.Keys);
    var lines = new List<string> { $"# {of}: the members that the doubles have, as the public C# reference gives them. Made by DotNet~/UnitySignatures." };
    int missing = 0;
    foreach ((string type, IReadOnlyList<string> facts) in doubles)
    {
        HashSet<string> known = reference.GetValueOrDefault(type) ?? [];
        foreach (string fact in facts)
        {
            // An exception that one version has after all is in no list, so that the lists differ by nothing but their versions.
            if (Doubles.Exceptions.ContainsKey(fact)) continue;
            if (known.Contains(fact))
            {
                lines.Add(fact);
                continue;
            }

            missing++;
            Console.WriteLine($"not in {of}: {fact}");
            string name = fact.Split(": ")[^1].Split('(')[0].Split('{')[0].Trim().Split(' ')[^1];
            foreach (string near in known.Where(line => line.Split(": ")[^1].Split('(')[0].Split('{')[0].Trim().Split(' ')[^1] == name)) Console.WriteLine($"    there is: {near}");
        }
    }

    File.WriteAllLines(output, lines);
    Console.WriteLine($"{output}: {lines.Count - 1} facts of {doubles.Count} types; {missing} of the doubles are not there.");
    return missing == 0 ? 0 : 1;
}
