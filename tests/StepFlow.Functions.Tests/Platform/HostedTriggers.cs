namespace StepFlow.Functions.Tests.Platform;

/// <summary>The triggers of the app in the Functions host: each starts executions of the state machine <see cref="Machine"/>.</summary>
internal static class HostedTriggers
{
    public const string Machine = "triggered";

    public const string Queue = "hosted-orders";

    public const string Container = "hosted-incoming";

    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["StepFlow:Triggers:minute:StateMachine"] = Machine,
        ["StepFlow:Triggers:minute:Schedule"] = "* * * * *",
        ["StepFlow:Triggers:minute:TimeZone"] = "Europe/Berlin",
        ["StepFlow:Triggers:order:StateMachine"] = Machine,
        ["StepFlow:Triggers:order:Queue"] = Queue,
        ["StepFlow:Triggers:arrived:StateMachine"] = Machine,
        ["StepFlow:Triggers:arrived:Container"] = Container,
        ["StepFlow:Triggers:arrived:Suffix"] = ".csv",
        ["StepFlow:Triggers:arrived:EventGrid"] = "true",
    };
}
