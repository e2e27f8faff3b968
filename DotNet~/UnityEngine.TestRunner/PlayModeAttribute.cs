using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace UnityEngine.TestTools.Double;

/// <summary>All tests of the assembly run in Play Mode, and what they log is judged. PlayMode.props puts it on a test project.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PlayModeAttribute : Attribute, ITestAction
{
    private LogScope? _scope;

    public ActionTargets Targets => ActionTargets.Suite | ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
        Session.Begin();
        Session.Enter();
        if (test.IsSuite) return;
        _scope = new LogScope();
        foreach (MethodInfo method in Marked(test, typeof(UnitySetUpAttribute))) Session.Run((IEnumerator)method.Invoke(test.Fixture, null)!);
    }

    public void AfterTest(ITest test)
    {
        if (test.IsSuite)
        {
            Session.End();
            return;
        }

        try
        {
            foreach (MethodInfo method in Marked(test, typeof(UnityTearDownAttribute))) Session.Run((IEnumerator)method.Invoke(test.Fixture, null)!);
            _scope?.Judge(isEnd: true);
        }
        finally
        {
            _scope?.Dispose();
            _scope = null;
        }
    }

    private static IEnumerable<MethodInfo> Marked(ITest test, Type attribute)
    {
        foreach (MethodInfo method in test.Fixture?.GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) ?? Array.Empty<MethodInfo>())
        {
            if (method.IsDefined(attribute, true)) yield return method;
        }
    }
}
