using System;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.IO;
using Recurrent.PackageTool;

var root = new RootCommand("Checks the Unity package as an editor would, without one.")
{
    MetasVerb.Create(),
    CheckVerb.Create(),
    CompileVerb.Create(),
    PackVerb.Create(),
    UnpackCheckVerb.Create(),
    ApiVerb.Create(),
};

try
{
    ParseResult parsed = root.Parse(args);
    if (parsed.Action is ParseErrorAction mistake) mistake.ShowHelp = false;
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
