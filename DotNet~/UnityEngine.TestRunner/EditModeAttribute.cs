using System;
using System.IO;
using System.Linq;
using System.Reflection;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace UnityEngine.TestTools.Double;

/// <summary>
/// The tests of the assembly run in Edit Mode: nothing plays, what they log is judged, and what the editor calls when it has loaded scripts has been called. EditMode.props puts it
/// on a test project.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class EditModeAttribute : Attribute, ITestAction
{
    private const string Editor = "UnityEditor", OnLoad = Editor + ".InitializeOnLoadMethodAttribute";

    private static bool s_loaded;

    private LogScope? _scope;

    public ActionTargets Targets => ActionTargets.Suite | ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
        if (!test.IsSuite)
        {
            _scope = new LogScope();
            return;
        }

        if (s_loaded) return;
        s_loaded = true;
        foreach (MethodInfo method in Directory.GetFiles(AppContext.BaseDirectory, "Recurrent*.dll").OrderBy(file => file, StringComparer.Ordinal)
            .Select(file => Assembly.Load(AssemblyName.GetAssemblyName(file)))
            .Where(assembly => assembly.GetReferencedAssemblies().Any(reference => reference.Name == Editor))
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.CustomAttributes.Any(mark => mark.AttributeType.FullName == OnLoad)))
            method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    public void AfterTest(ITest test)
    {
        if (test.IsSuite) return;
        try
        {
            _scope?.Judge(isEnd: true);
        }
        finally
        {
            _scope?.Dispose();
            _scope = null;
        }
    }
}
