using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Integrations.Tests.Functions;

public sealed class ProcessFunctionTests
{
    private const string Resource = "arn:aws:lambda:us-east-1:000000000000:function:local";

    [Fact]
    public async Task Call_Always_GivesThePayloadAndTakesTheResult()
    {
        await using TestIntegrations integrations = Create("cat");

        TaskOutcome outcome = await integrations.RunAsync(Resource, """{"name":"; rm -rf $HOME"}""");

        Assert.Equal(new TaskCompleted(JsonValue.Parse("""{"name":"; rm -rf $HOME"}""")), outcome);
    }

    [Fact]
    public async Task Call_Always_ShowsTheKeyInTheEnvironment()
    {
        await using TestIntegrations integrations = Shell("""printf '"%s %s"' "$STEPFLOW_IDEMPOTENCY_KEY" "$COLOUR" """, ("Functions:local:Environment:COLOUR", "green"));

        TaskOutcome outcome = await integrations.RunAsync(Resource, "{}", "key-9");

        Assert.Equal(new TaskCompleted("key-9 green"), outcome);
    }

    [Fact]
    public async Task Call_ExitsWithAnotherCode_FailsWithTheEndOfStandardError()
    {
        await using TestIntegrations integrations = Shell("echo before; echo it broke >&2; exit 3");

        TaskRejected rejected = await integrations.RejectAsync(Resource, "{}");

        Assert.Equal("Runtime.ExitError", rejected.Error);
        Assert.Equal("Runtime exited with error: exit status 3: it broke", ((JsonObject)JsonValue.Parse(rejected.Cause!))["errorMessage"]);
    }

    [Fact]
    public async Task Call_WritesLambdasFailure_FailsWithIt()
    {
        await using TestIntegrations integrations = Shell("""echo '{"errorType": "Mine", "errorMessage": "Own failure."}'; exit 1""");

        TaskRejected rejected = await integrations.RejectAsync(Resource, "{}");

        Assert.Equal("Mine", rejected.Error);
    }

    [Theory]
    [InlineData("echo no json", "Runtime.MarshalError")]
    [InlineData("head -c 200000 /dev/zero", "Function.ResponseSizeTooLarge")]
    [InlineData("exec sleep 60", "Sandbox.Timedout")]
    public async Task Call_MisbehavingProgram_IsRejectedByName(string script, string error)
    {
        await using TestIntegrations integrations = Shell(script, ("Functions:local:TimeoutSeconds", "1"), ("Functions:local:MaxResponseBytes", "100000"));

        TaskRejected rejected = await integrations.RejectAsync(Resource, "{}");

        Assert.Equal(error, rejected.Error);
    }

    [Fact]
    public async Task Call_NoSuchProgram_IsReported()
    {
        await using TestIntegrations integrations = Create("/no/such/program");

        TaskRejected rejected = await integrations.RejectAsync(Resource, "{}");

        Assert.Equal("Lambda.ResourceNotFoundException", rejected.Error);
        Assert.Contains("/no/such/program", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_LeavesAProcessInTheBackground_KeepsTheResult()
    {
        await using TestIntegrations integrations = Shell("""sleep 30 & echo '{"answer": 42}'""");

        TaskOutcome outcome = await integrations.RunAsync(Resource, "{}");

        Assert.Equal(new TaskCompleted(JsonValue.Parse("""{"answer":42}""")), outcome);
    }

    [Fact]
    public async Task Call_PrintsAndWritesTheResultFile_RespondsWithTheFile()
    {
        await using TestIntegrations integrations = Shell("""echo hello; echo '{"answer": 42}' > "$STEPFLOW_RESULT_FILE"; echo bye""");

        TaskOutcome outcome = await integrations.RunAsync(Resource, "{}");

        Assert.Equal(new TaskCompleted(JsonValue.Parse("""{"answer":42}""")), outcome);
    }

    [Fact]
    public async Task Call_WritesToStandardError_IsLogged()
    {
        var log = new TextLog();
        await using var integrations = new TestIntegrations(
            [("Functions:local:Command", "/bin/sh"), ("Functions:local:Arguments:0", "-c"), ("Functions:local:Arguments:1", "echo a warning >&2; echo 1")],
            services => services.AddSingleton<ILoggerProvider>(log));

        await integrations.RunAsync(Resource, "{}");

        Assert.Contains(log.Lines, static line => line.Contains("a warning", StringComparison.Ordinal));
    }

    /// <summary>Each of three calls waits for the one before: beside each other they would find the other's file.</summary>
    [Fact]
    public async Task Call_WhereMemoryIsForOne_WaitsForTheOneThatRuns()
    {
        using var folder = new TemporaryFolder();
        string file = folder.PathOf("running");
        await using TestIntegrations integrations = Shell(
            $"""set -C; : > '{file}' || exit 7; i=0; while [ $i -lt 2000 ]; do i=$((i+1)); done; rm '{file}'; echo 1""",
            ("Processes:MemoryBytes", "100000000"),
            ("Functions:local:MemoryBytes", "60000000"));

        TaskOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => integrations.RunAsync(Resource, "{}")));

        Assert.All(outcomes, outcome => Assert.Equal(new TaskCompleted(JsonValue.Parse("1")), outcome));
    }

    [Fact]
    public async Task Call_Always_HidesTheServersEnvironment()
    {
        Environment.SetEnvironmentVariable("STEPFLOW_TEST_SECRET", "s3cret");
        Environment.SetEnvironmentVariable("STEPFLOW_TEST_SHARED", "shared");
        const string Script = """printf '"%s|%s|%s"' "$STEPFLOW_TEST_SECRET" "$STEPFLOW_TEST_SHARED" "${PATH:+path}" """;
        await using TestIntegrations integrations = Shell(Script, ("Functions:local:InheritedEnvironment:0", "STEPFLOW_TEST_SHARED"));

        TaskOutcome outcome = await integrations.RunAsync(Resource, "{}");

        Assert.Equal(new TaskCompleted("|shared|path"), outcome);
    }

    private static TestIntegrations Create(string command, params (string, string)[] settings) =>
        new([("Functions:local:Command", command), .. settings]);

    private static TestIntegrations Shell(string script, params (string, string)[] settings) =>
        Create("/bin/sh", [("Functions:local:Arguments:0", "-c"), ("Functions:local:Arguments:1", script), .. settings]);
}
