using System;
using System.Collections;
using System.Collections.Generic;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;
using UnityEngine.TestTools.Double;

namespace UnityEngine.TestTools;

/// <summary>A test that returns IEnumerator, and runs as a coroutine: what it yields lets frames go by.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class UnityTestAttribute : CombiningStrategyAttribute, ITestBuilder, ISimpleTestBuilder, IImplyFixture, IWrapTestMethod
{
    public UnityTestAttribute() : base(new ExpectingStrategy(), new ParameterDataSourceProvider())
    {
    }

    // Unlike Unity's, this NUnit takes a method with such an attribute for one with cases, and without parameters there would be none.
    IEnumerable<TestMethod> ITestBuilder.BuildFrom(IMethodInfo method, Test suite) =>
        method.GetParameters().Length == 0 ? [((ISimpleTestBuilder)this).BuildFrom(method, suite)] : BuildFrom(method, suite);

    TestMethod ISimpleTestBuilder.BuildFrom(IMethodInfo method, Test suite) =>
        new NUnitTestCaseBuilder().BuildTestMethod(method, suite, new TestCaseParameters { ExpectedResult = new object() });

    public TestCommand Wrap(TestCommand command) => new FramesCommand(command.Test);

    // NUnit refuses a test with a result that has no expected one.
    private sealed class ExpectingStrategy : ICombiningStrategy
    {
        public IEnumerable<ITestCaseData> GetTestCases(IEnumerable[] sources)
        {
            foreach (ITestCaseData data in new CombinatorialStrategy().GetTestCases(sources))
            {
                if (data is TestCaseParameters parameters) parameters.ExpectedResult = new object();
                yield return data;
            }
        }
    }
}

/// <summary>Runs before every test of its class, before [SetUp]; may let frames go by.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class UnitySetUpAttribute : NUnitAttribute
{
}

/// <summary>Runs after every test of its class, after [TearDown]; may let frames go by.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class UnityTearDownAttribute : NUnitAttribute
{
}
