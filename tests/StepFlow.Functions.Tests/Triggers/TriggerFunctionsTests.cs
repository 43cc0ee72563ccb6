using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using StepFlow.Functions.Declaration;
using StepFlow.Integrations.Messages;
using StepFlow.Service.Triggers;

namespace StepFlow.Functions.Tests.Triggers;

/// <summary>The functions that are declared for the triggers in the settings.</summary>
public sealed class TriggerFunctionsTests
{
    private static readonly TriggerOptions Queue = new() { StateMachine = "m", Queue = "q" };
    private static readonly TriggerOptions Watched = new() { StateMachine = "m", Container = "c", EventGrid = true };

    [Fact]
    public void Functions_OfNoTrigger_HaveNoTemplateAndNoPoll() => Assert.Equal(["Other"], Names(new(new Dictionary<string, TriggerOptions>(), "WorkflowStorage", new(), TimeZoneInfo.Utc)));

    /// <summary>What the platform cannot read, the app reads itself.</summary>
    [Theory]
    [InlineData("WorkflowStorage", true, "Trigger_b,Trigger_q,Trigger_s", "")]
    [InlineData("WorkflowStorage", false, "Trigger_b,Trigger_s,Triggers", "q")]
    [InlineData(null, true, "Trigger_s,Triggers", "b,q")]
    public void Functions_ByTheAccountAndTheEncoding_AreDeclaredOrPolled(string? connection, bool base64, string declared, string polled)
    {
        Dictionary<string, TriggerOptions> triggers = new() { ["q"] = Queue, ["b"] = Watched, ["s"] = new() { StateMachine = "m", Schedule = "0 8 * * *" }, ["w"] = new() { StateMachine = "m", WebhookSecret = "s" } };
        var functions = new TriggerFunctions(triggers, connection, new() { Base64 = base64 }, TimeZoneInfo.Utc);

        Assert.Equal("Other," + declared, string.Join(',', Names(functions)));
        Assert.Equal(polled, string.Join(',', functions.Polled.Order()));
    }

    /// <summary>A function's name has no other characters, and two triggers never have one name.</summary>
    [Fact]
    public void Names_OfTriggers_AreValidAndDiffer()
    {
        string[] triggers = ["a b", "a_b", "a.b", new('x', 300)];
        string[] names = Names(new(triggers.ToDictionary(static name => name, static _ => Queue), "WorkflowStorage", new(), TimeZoneInfo.Utc));

        Assert.All(names, static name => Assert.Matches("^[A-Za-z][A-Za-z0-9_-]{0,126}$", name));
        Assert.Equal(triggers.Length + 1, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Queue_WithAnotherName_IsTheStorageQueue()
    {
        var functions = new TriggerFunctions(
            new Dictionary<string, TriggerOptions> { ["q"] = Queue }, "AzureWebJobsStorage", new() { Queues = new Dictionary<string, string> { ["q"] = "real" } }, TimeZoneInfo.Utc);
        IList<IFunctionMetadata> metadata = Metadata();
        functions.Transform(metadata);

        Assert.Contains("\"queueName\":\"real\",\"connection\":\"AzureWebJobsStorage\"", Assert.Single(metadata, static function => function.Name == "Trigger_q").RawBindings![0], StringComparison.Ordinal);
    }

    private static string[] Names(TriggerFunctions functions)
    {
        IList<IFunctionMetadata> metadata = Metadata();
        functions.Transform(metadata);
        return [.. metadata.Select(static function => function.Name!).Order(StringComparer.Ordinal)];
    }

    private static List<IFunctionMetadata> Metadata() =>
        [.. TriggerTemplates.All.Append("Other").Select(static name => new DefaultFunctionMetadata { Name = name, EntryPoint = "E." + name, ScriptFile = "S.dll", RawBindings = ["""{"type":"t"}""", """{"type":"durableClient"}"""] })];
}
