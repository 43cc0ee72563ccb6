using StepFlow.Local.Engine;

namespace StepFlow.Local.Tests.Engine;

/// <summary>Children that wait for their first turn.</summary>
public sealed class FirstTurnsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_ManyWait_IsSetWhenHalfHaveRun()
    {
        var turns = new FirstTurns(4);
        Action[] begun = [.. Enumerable.Range(0, 4).Select(_ => turns.Enter())];
        Task ready = turns.ReadyAsync(Cancelled).AsTask();
        begun[0]();
        begun[0]();
        Assert.False(ready.IsCompleted);
        begun[1]();
        await ready;
        await turns.ReadyAsync(Cancelled);
    }
}
