using System.Collections;
using System.Reflection;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;

namespace UnityEngine.TestTools.Double;

/// <summary>Calls the test method, and steps the frames for which its coroutine waits.</summary>
internal sealed class FramesCommand : TestCommand
{
    public FramesCommand(Test test) : base(test)
    {
    }

    public override TestResult Execute(TestExecutionContext context)
    {
        var test = (TestMethod)Test;
        if (test.Method.Invoke(context.TestObject, Arguments(test)) is not IEnumerator steps)
            throw new AssertionException("Method marked with UnityTest must return IEnumerator.");
        Session.Run(steps);
        context.CurrentResult.SetResult(ResultState.Success);
        return context.CurrentResult;
    }

    // NUnit keeps the arguments of a case to itself.
    private static object?[]? Arguments(TestMethod test) =>
        (object?[]?)typeof(TestMethod).GetProperty("Arguments", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!.GetValue(test);
}
