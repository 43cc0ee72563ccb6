using System.Text;
using Azure.Storage.Blobs;
using StepFlow.Functions.Storage;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Tests.Express;

public sealed class ExpressMessagesTests(AzuriteFixture azurite)
{
    private const string Definition = """{"StartAt":"P"}""";

    /// <summary>The start in a message as version 1 was written. It may wait in a queue while the app is replaced: it must stay readable.</summary>
    private const string GoldenStart = """
        {"version":1,"start":{"executionArn":"arn:aws:states:us-east-1:123456789012:express:M:e:1","name":"e","stateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:M","stateMachineName":"M","roleArn":"arn:aws:iam::123456789012:role/r","input":0,"inputText":"{ \"a\": 1 }","startTime":"2026-01-01T00:00:00.0000000Z","region":"us-east-1","isExpress":true,"isSynchronous":false},"values":[{"a":1}]}
        """;

    /// <summary>The rest of it.</summary>
    private const string GoldenRest = """
        {"configuration":{"loggingConfiguration":{"level":"ALL"}},"traceHeader":"Root=1-2-3","parent":"arn:aws:states:us-east-1:123456789012:execution:P:p","mockTestCase":"Happy"}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_OfWhatWasWritten_GivesTheWholeRequest()
    {
        ExpressMessages messages = await OpenAsync();
        ExecutionRequest request = Request();

        ExecutionRequest read = await messages.ReadAsync(Encoding.UTF8.GetString(await messages.WriteAsync(request, Cancelled)), Cancelled);

        AssertSame(request, read);
    }

    [Fact]
    public async Task ReadAsync_OfVersion1_GivesTheWholeRequest()
    {
        JsonObject request = ((JsonObject)JsonValue.Parse(GoldenRest)).With("start", GoldenStart);
        JsonObject message = JsonObject.Create(
            ("version", 1),
            ("definition", JsonObject.Create(("text", Definition))),
            ("request", JsonObject.Create(("text", request.ToString()))));

        ExecutionRequest read = await (await OpenAsync()).ReadAsync(message.ToString(), Cancelled);

        // Executions of that version have no bound of steps.
        AssertSame(Request() with { Start = Request().Start with { Limits = Limits.None, TurnSteps = null, BranchesTakeTurns = false } }, read);
    }

    private static void AssertSame(ExecutionRequest expected, ExecutionRequest actual)
    {
        Assert.Equal(expected.Start with { Limits = Limits.None }, actual.Start with { Limits = Limits.None });
        Assert.Equal(expected.Start.Limits.ExpressDuration, actual.Start.Limits.ExpressDuration);
        Assert.Equal(expected.Definition, actual.Definition);
        Assert.Equal(expected.Configuration, actual.Configuration);
        Assert.Equal(
            (expected.TraceHeader, expected.ParentExecutionArn, expected.MockTestCase),
            (actual.TraceHeader, actual.ParentExecutionArn, actual.MockTestCase));
    }

    private static ExecutionRequest Request() => new(
        new()
        {
            ExecutionArn = "arn:aws:states:us-east-1:123456789012:express:M:e:1",
            Name = "e",
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:M",
            StateMachineName = "M",
            RoleArn = "arn:aws:iam::123456789012:role/r",
            Input = JsonObject.Create(("a", 1)),
            InputText = """{ "a": 1 }""",
            StartTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            IsExpress = true,
            Limits = Limits.Aws,
        },
        Definition)
    {
        Configuration = JsonObject.Create(("loggingConfiguration", JsonObject.Create(("level", "ALL")))),
        TraceHeader = "Root=1-2-3",
        ParentExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:P:p",
        MockTestCase = "Happy",
    };

    private async Task<ExpressMessages> OpenAsync()
    {
        string prefix = AzuriteFixture.UniqueName();
        await TestApp.CreateContainersAsync(azurite.ConnectionString, prefix);
        return new(new ExecutionStorage(new BlobServiceClient(azurite.ConnectionString), prefix));
    }
}
