using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Integrations.Tests.Functions;

/// <summary>Files with a Lambda-style handler, run by the real Python and Node.</summary>
public sealed class HandlerFileTests : IDisposable
{
    private const string Resource = "arn:aws:lambda:us-east-1:000000000000:function:local";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Good { get; } = new()
    {
        { "app.py", "import helper\ndef handler(event, context):\n    print('printed', event)\n    return {'name': event['name'], 'by': helper.NAME, 'id': context.aws_request_id, 'f': context.function_name, 'left': context.get_remaining_time_in_millis() > 0}\n" },
        { "app.mjs", "export const handler = async (event, context) => { console.log('printed', event); return { name: event.name, by: 'helper', id: context.awsRequestId, f: context.functionName, left: context.getRemainingTimeInMillis() > 0 }; };" },
        { "app.cjs", "exports.handler = (event, context, callback) => { console.log('printed', event); setTimeout(() => callback(null, { name: event.name, by: 'helper', id: context.awsRequestId, f: context.functionName, left: context.getRemainingTimeInMillis() > 0 }), 1); };" },
    };

    public static TheoryData<string, string> Bad { get; } = new()
    {
        { "app.py", "class OrderRejected(Exception):\n    pass\ndef handler(event, context):\n    raise OrderRejected('größe')\n" },
        { "app.mjs", "class OrderRejected extends Error { constructor(m) { super(m); this.name = 'OrderRejected'; } }\nexport const handler = async () => { throw new OrderRejected('größe'); };" },
        { "app.cjs", "exports.handler = (event, context, callback) => callback(Object.assign(new Error('größe'), { name: 'OrderRejected' }));" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Handler_Returns_IsTheResultAndPrintsAreNot(string file, string code)
    {
        await using TestIntegrations integrations = await CreateAsync(file, code);

        TaskOutcome outcome = await integrations.RunAsync(Resource, """{"name":"größe"}""", "key-1");

        Assert.Equal(new TaskCompleted(JsonValue.Parse("""{"name":"größe","by":"helper","id":"key-1","f":"local","left":true}""")), outcome);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Handler_Throws_FailsByTheExceptionsName(string file, string code)
    {
        await using TestIntegrations integrations = await CreateAsync(file, code);

        TaskRejected rejected = await integrations.RejectAsync(Resource, "{}");

        Assert.Equal("OrderRejected", rejected.Error);
        var cause = (JsonObject)JsonValue.Parse(rejected.Cause!);
        Assert.Equal("größe", cause["errorMessage"]);
        Assert.NotEmpty((JsonArray)cause["stackTrace"]!);
    }

    [Fact]
    public async Task Handler_ReturnsWhatIsNoJson_IsAMarshalError()
    {
        await using TestIntegrations integrations = await CreateAsync("app.py", "def handler(event, context):\n    return {1, 2}\n");

        Assert.Equal("Runtime.MarshalError", (await integrations.RejectAsync(Resource, "{}")).Error);
    }

    private async Task<TestIntegrations> CreateAsync(string file, string code)
    {
        await File.WriteAllTextAsync(_folder.PathOf(file), code, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.PathOf("helper.py"), "NAME = 'helper'\n", TestContext.Current.CancellationToken);
        return new([("Functions:local:File", file), ("Functions:local:WorkingDirectory", _folder.Path)]);
    }
}
