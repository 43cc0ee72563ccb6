using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Templates;

/// <summary>The editor's check reads templates too, and no file that they name.</summary>
public sealed class EmbeddedDefinitionTests : IDisposable
{
    private const string Inline = """
        Resources:
          Machine:
            Type: AWS::Serverless::StateMachine
            Properties:
              Definition:
                StartAt: A
                States:
                  A: {Type: Pass, Next: B}
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_OfATemplate_FindsItsDefinitionAndReadsNoFile()
    {
        string secret = _folder.File("secret.json", """{"StartAt":"Secret"}""");
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), _folder.File("stepflow.json", "{}"), Cancelled);

        (string Text, string Code, string Message, int Line)[] cases =
        [
            (Inline, "MISSING_TRANSITION_TARGET", "Missing 'Next' target: B", 8),
            (Inline.Replace("Definition:", $"DefinitionUri: {secret}\n      Other:", StringComparison.Ordinal), "INVALID_JSON_DESCRIPTION", "is in the file", 1),
            (Inline + "\n  Second:\n    Type: AWS::StepFunctions::StateMachine\n    Properties: {DefinitionString: '{}'}\n", "INVALID_JSON_DESCRIPTION", "several state machines: Machine, Second", 1),
            ("stepFunctions:\n  stateMachines: ${file(" + secret + ")}\nservice: shop\n", "INVALID_JSON_DESCRIPTION", "stepflow import serverless.yml", 1),
        ];
        foreach ((string text, string code, string message, int line) in cases)
        {
            JsonObject found = await server.PostAsync("api/statemachines/check", JsonObject.Create(("definition", text)), Cancelled);

            var diagnostic = (JsonObject)((JsonArray)found["diagnostics"]!)[0];
            Assert.Equal(code, diagnostic["code"]);
            Assert.Contains(message, ((JsonString)diagnostic["message"]!).Value, StringComparison.Ordinal);
            Assert.Equal((JsonValue)line, diagnostic["line"]);
            Assert.DoesNotContain("Secret", found.ToString(), StringComparison.Ordinal);
        }

        JsonObject valid = await server.PostAsync("api/statemachines/check", JsonObject.Create(("definition", Inline.Replace("Next: B", "End: true", StringComparison.Ordinal))), Cancelled);
        Assert.Empty((JsonArray)valid["diagnostics"]!);
        Assert.Equal("A", ((JsonObject)valid["definition"]!)["StartAt"]);
    }
}
