using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using StepFlow.Functions.Declaration;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Triggers;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>What only the built app shows, as the process that the platform starts: that its functions are found, their bindings, and that they run.</summary>
public sealed class BuiltAppTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Routes, methods and who may call: what the Functions host goes by.</summary>
    public static TheoryData<string, string, string, string> HttpFunctions => new()
    {
        { "Aws", "aws", "Anonymous", "post" },
        { "RestRead", "api/{*path}", "Function", "get" },
        { "Rest", "api/{*path}", "Function", "delete patch post put" },
        { "RestSignedIn", "entra/api/{*path}", "Anonymous", "delete get patch post put" },
        { "Start", "start/{machine}/{name?}", "Function", "post" },
        { "StartSignedIn", "entra/start/{machine}/{name?}", "Anonymous", "post" },
        { "Webhook", "triggers/{name}", "Anonymous", "post" },
        { "OpenApi", "openapi.json", "Anonymous", "get" },
        { "Console", "console/{*path}", "Anonymous", "get" },
    };

    [Fact]
    public async Task App_AsAProcess_IsIndexedLoadedAndResponds()
    {
        await using PlatformHost host = await PlatformHost.StartAsync(azurite.ConnectionString);

        // Every function of the code is found by the platform, with the bindings of its attributes. No trigger is configured.
        string[] written = [.. typeof(AzureExecutionHost).Assembly.GetTypes().Except([typeof(ConfiguredTriggers)])
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>()];
        Assert.NotEmpty(written);
        Assert.Equal(written.Order(), host.Functions.Keys.Order());
        foreach ((string name, string route, string level, string methods) in HttpFunctions.Select(row => row.Data))
        {
            JsonNode trigger = Binding(host, name, "httpTrigger");
            Assert.Equal((route, level), ((string)trigger["route"]!, (string)trigger["authLevel"]!));
            Assert.Equal(methods, string.Join(' ', ((JsonArray)trigger["methods"]!).Select(method => (string)method!).Order()));
        }

        Assert.Equal(HttpFunctions.Count, host.Functions.Keys.Count(name => Bindings(host, name).Any(binding => (string)binding["type"]! == "httpTrigger")));
        Assert.All((string[])[ActivityNames.Orchestrator, ActivityNames.MapRunOrchestrator], name => Binding(host, name, "orchestrationTrigger"));
        Assert.All((string[])[ActivityNames.RunTask, ActivityNames.FinishExecution], name => Binding(host, name, "durableClient"));
        Assert.Equal("stepflow-express", (string)Binding(host, "Express", "queueTrigger")["queueName"]!);
        Assert.Equal("WorkflowStorage", (string)Binding(host, "VideoUploaded", "blobTrigger")["connection"]!);
        Assert.NotEmpty((string)Binding(host, "Retention", "timerTrigger")["schedule"]!);

        foreach (string name in host.Functions.Keys)
        {
            JsonObject loaded = await host.LoadAsync(name);
            Assert.True((string)loaded["result"]!["status"]! == "Success", $"{name}: {loaded.ToJsonString()}");
        }

        await AssertRespondsAsync(host);
        await RunsAnActivityAsync(host);
    }

    [Fact]
    public async Task App_WithTriggersInItsSettings_DeclaresAFunctionForEachOfThem()
    {
        await using PlatformHost host = await PlatformHost.StartAsync(
            azurite.ConnectionString,
            ("WorkflowStorage", azurite.ConnectionString),
            ("StepFlow__Triggers__nightly__StateMachine", "m"), ("StepFlow__Triggers__nightly__Schedule", "30 2 * * 7L"),
            ("StepFlow__Triggers__order__StateMachine", "m"), ("StepFlow__Triggers__order__Queue", "orders"),
            ("StepFlow__Triggers__arrived__StateMachine", "m"), ("StepFlow__Triggers__arrived__Container", "incoming"), ("StepFlow__Triggers__arrived__EventGrid", "true"),
            ("StepFlow__Triggers__listed__StateMachine", "m"), ("StepFlow__Triggers__listed__Container", "listed"));

        Assert.Equal("0 30 2 * * *", (string)Binding(host, "Trigger_nightly", "timerTrigger")["schedule"]!);
        JsonNode queue = Binding(host, "Trigger_order", "queueTrigger");
        Assert.Equal(("orders", "WorkflowStorage"), ((string)queue["queueName"]!, (string)queue["connection"]!));
        JsonNode blob = Binding(host, "Trigger_arrived", "blobTrigger");
        Assert.Equal(("incoming/{name}", "WorkflowStorage", "EventGrid"), ((string)blob["path"]!, (string)blob["connection"]!, (string)blob["source"]!));
        Assert.NotEmpty((string)Binding(host, TriggerTemplates.Poll, "timerTrigger")["schedule"]!);
        Assert.Equal(["Trigger_arrived", "Trigger_nightly", "Trigger_order"], host.Functions.Keys.Where(static name => name.StartsWith("Trigger_", StringComparison.Ordinal)).Order());
        foreach (string name in host.Functions.Keys.Where(static name => name.StartsWith("Trigger", StringComparison.Ordinal)))
        {
            JsonObject loaded = await host.LoadAsync(name);
            Assert.True((string)loaded["result"]!["status"]! == "Success", $"{name}: {loaded.ToJsonString()}");
        }
    }

    /// <summary>Requests reach the app at the address that it gave the platform, beside the stream.</summary>
    private static async Task AssertRespondsAsync(PlatformHost host)
    {
        using HttpResponseMessage list = await host.SendAsync("RestRead", new(HttpMethod.Get, "/api/statemachines"));
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        Assert.NotNull(JsonNode.Parse(await list.Content.ReadAsStringAsync(Cancelled))!["stateMachines"]);

        var unsigned = new HttpRequestMessage(HttpMethod.Post, "/aws") { Content = new StringContent("{}", null, "application/x-amz-json-1.0") };
        unsigned.Headers.Add("X-Amz-Target", "AWSStepFunctions.ListStateMachines");
        using HttpResponseMessage refused = await host.SendAsync("Aws", unsigned);
        Assert.InRange((int)refused.StatusCode, 400, 403);
        Assert.NotNull(JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancelled))!["__type"]);
    }

    private static async Task RunsAnActivityAsync(PlatformHost host)
    {
        byte[] content = [1, 2, 3];
        string hash = PayloadCodec.Reference(content).Hash!;
        JsonNode part = new JsonObject { ["string"] = new JsonObject { ["Hash"] = hash, ["Part"] = 0, ["Parts"] = 1, ["Content"] = Convert.ToBase64String(content) }.ToJsonString() };
        JsonObject written = await host.InvokeAsync(ActivityNames.WritePayload, ("part", part));
        Assert.True((string)written["result"]!["status"]! == "Success", written.ToJsonString());

        JsonNode range = new JsonObject { ["string"] = new JsonObject { ["Hash"] = hash, ["Offset"] = 1, ["Length"] = 2 }.ToJsonString() };
        JsonObject read = await host.InvokeAsync(ActivityNames.ReadPayload, ("range", range));
        Assert.True((string)read["result"]!["status"]! == "Success", read.ToJsonString());
        Assert.Contains(Convert.ToBase64String(content.AsSpan(1)), read.ToJsonString(), StringComparison.Ordinal);
    }

    private static JsonNode Binding(PlatformHost host, string function, string type) =>
        Assert.Single(Bindings(host, function), binding => (string)binding["type"]! == type);

    private static IEnumerable<JsonNode> Bindings(PlatformHost host, string function) =>
        ((JsonArray)host.Functions[function]["rawBindings"]!).Select(binding => JsonNode.Parse((string)binding!)!);
}
