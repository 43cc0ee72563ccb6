using StepFlow.Language.Diagnostics;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Flow;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Language.Tests.Loading;

/// <summary>Texts that are nearly definitions: only diagnostics come out, and every one has a place in the text.</summary>
public sealed class DamagedDefinitionsTests
{
    private static readonly string[] Pieces =
    [
        "\"", "{", "}", "[", "]", ",", ":", "\\", "\\ud800", "\ud83d", "null", "1e999", "-0", "1E400", "\"A\":{}", "\"Type\":\"Wait\"", "\"Timestamp\":\"${When}\"", "\"Seconds\":\"${N}\"",
        "\"States\":{\"A\":{},\"A\":{}}", "\"Next\":\"A\",", "{% $", "%}", "$..[?(@", "States.Format(", "\0", "\t", "//", "0x1", "\"Seconds\":1e18,", "\"TimeoutSeconds\":99999999999999999999,",
    ];

    [Theory]
    [MemberData(nameof(MutatedDefinitionsTests.Seeds), MemberType = typeof(MutatedDefinitionsTests))]
    public void Load_OfDamagedText_GivesDiagnosticsOnly(string seed)
    {
        var random = Entropy.FromSeed("damaged" + seed);
        int Pick(int count) => (int)(random.NextDouble() * count);
        for (int i = 0; i < 3_000; i++)
        {
            string text = seed;
            for (int n = Pick(3); n >= 0; n--)
            {
                int at = Pick(text.Length);
                int length = Math.Min(Pick(20), text.Length - at);
                text = Pick(3) switch
                {
                    0 => text.Remove(at, length),
                    1 => text.Insert(at, Pieces[Pick(Pieces.Length)]),
                    _ => text.Insert(at, text.Substring(at, length)),
                };
            }

            foreach (StateMachineType type in (StateMachineType[])[StateMachineType.Standard, StateMachineType.Express])
            {
                LoadResult result = StateMachineLoader.Load(text, type, Limits.Aws);

                Assert.True(result.IsSuccess != result.Diagnostics.Any(diagnostic => diagnostic.IsError), text);
                if (result.IsSuccess)
                {
                    FlowAnalysis.Of(JsonValue.Parse(text));
                }
            }
        }
    }

    [Theory]
    [InlineData("Timestamp", "${When}")]
    [InlineData("Timestamp", "2020-01-01")]
    [InlineData("Timestamp", "{% %}")]
    public void Load_OfAWaitThatCannotWait_IsRefused(string field, string value)
    {
        LoadResult result = StateMachineLoader.Load(
            """{"StartAt":"A","States":{"A":{"Type":"Wait","FIELD":"VALUE","End":true}}}""".Replace("FIELD", field, StringComparison.Ordinal).Replace("VALUE", value, StringComparison.Ordinal));

        Assert.Equal([(DiagnosticMessages.NotATimestamp, "/States/A/Timestamp")], result.Diagnostics.Where(d => d.IsError).Select(d => (d.Message, d.Location)));
    }

    [Fact]
    public void Load_OfTwoStatesOfOneName_IsRefusedAtEveryLevel()
    {
        LoadResult result = StateMachineLoader.Load("""
            {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"P"},"A":{"Type":"Pass","Next":"P"},
            "P":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","End":true},"B":{"Type":"Succeed"}}}]}}}
            """);

        Assert.Equal(
            [(DiagnosticCodes.DuplicateStateName, "/States/A"), (DiagnosticCodes.DuplicateStateName, "/States/P/Branches[0]/States/B")],
            result.Diagnostics.Select(d => (d.Code, d.Location)));
    }

    [Fact]
    public void Load_OfAFieldGivenTwice_Warns()
    {
        LoadResult result = StateMachineLoader.Load("""{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"States":1,"States":2},"End":true,"End":true}}}""");

        Assert.True(result.IsSuccess);
        Assert.Equal(
            [("/States/A/Result/States", DiagnosticSeverity.Warning), ("/States/A/End", DiagnosticSeverity.Warning)],
            result.Diagnostics.Select(d => (d.Location, d.Severity)));
    }
}
