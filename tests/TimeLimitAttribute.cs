using System.Collections.Concurrent;
using System.Reflection;
using Xunit;
using Xunit.v3;

[assembly: StepFlow.Tests.TimeLimit]

namespace StepFlow.Tests;

/// <summary>
/// Bounds every wait of every test: a test that takes longer than any should is cancelled (<c>TestContext.Current.CancellationToken</c>),
/// and where it does not heed that, its process ends and says which test it was. Compiled into each test project.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TimeLimitAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);
    private static readonly ConcurrentDictionary<string, Timer> Watches = new(StringComparer.Ordinal);

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        ITestContext context = TestContext.Current;
        bool isCancelled = false;
        Watches[test.UniqueID] = new(
            _ =>
            {
                if (isCancelled)
                {
                    Environment.FailFast($"{test.TestDisplayName} did not end within {Limit + Grace}, though it was cancelled.");
                }

                isCancelled = true;
                context.CancelCurrentTest();
            },
            null,
            Limit,
            Grace);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Watches.TryRemove(test.UniqueID, out Timer? watch))
        {
            watch.Dispose();
        }
    }
}
