using System;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace UnityEngine.TestTools.Double;

/// <summary>The tests of the assembly run in Edit Mode: nothing plays, and what they log is judged. EditMode.props puts it on a test project.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class EditModeAttribute : Attribute, ITestAction
{
    private LogScope? _scope;

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test) => _scope = new LogScope();

    public void AfterTest(ITest test)
    {
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
