using StepFlow.Language.Diagnostics;
using StepFlow.Language.Flow;
using StepFlow.Language.Json;

namespace StepFlow.Language.Tests.Flow;

public sealed class FlowAnalysisTests
{
    [Theory]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"x":1},"Next":"B"},"B":{"Type":"Pass","InputPath":"$.y","End":true}}}""",
        DiagnosticCodes.DataNeverThere, "/States/B/InputPath")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"x.$":"$.in"},"ResultPath":"$.made","OutputPath":"$.made","Next":"B"},"B":{"Type":"Pass","Parameters":{"p":{"q.$":"$.z"}},"End":true}}}""",
        DiagnosticCodes.DataNeverThere, "/States/B/Parameters/p/q.$")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:r:1:function:f","Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}],"End":true},"B":{"Type":"Fail","CausePath":"$.Cause","ErrorPath":"$.Error"}}}""",
        null, null)]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:r:1:function:f","Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}],"End":true},"B":{"Type":"Pass","Parameters":{"m.$":"$.message"},"End":true}}}""",
        DiagnosticCodes.DataNeverThere, "/States/B/Parameters/m.$")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"n":1},"Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.n","StringEquals":"1","Next":"C"}],"Default":"C"},"C":{"Type":"Succeed"}}}""",
        DiagnosticCodes.ComparisonNeverMatches, "/States/B/Choices[0]")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"n":1},"Next":"B"},"B":{"Type":"Choice","Choices":[{"And":[{"Variable":"$.m","IsPresent":true},{"Variable":"$.m","NumericEquals":1}],"Next":"C"}],"Default":"C"},"C":{"Type":"Succeed"}}}""",
        null, null)]
    [InlineData(
        """{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Output":{"x":1},"Next":"B"},"B":{"Type":"Pass","Output":"{% $states.input.y %}","End":true}}}""",
        DiagnosticCodes.DataNeverThere, "/States/B/Output")]
    [InlineData(
        """{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Output":{"x":1},"Next":"B"},"B":{"Type":"Pass","Output":"{% $exists($states.input.y) %}","End":true}}}""",
        null, null)]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:r:1:function:f","Retry":[{"ErrorEquals":["E"]},{"ErrorEquals":["E"]}],"End":true}}}""",
        DiagnosticCodes.UnreachableRules, "/States/A/Retry[1]")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"B"},{"Variable":"$.a","IsNull":true,"Next":"C"}],"Default":"B"},"B":{"Type":"Succeed"},"C":{"Type":"Succeed"}}}""",
        DiagnosticCodes.UnreachableRules, "/States/A/Choices[1]")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"B"}],"Default":"End"},"B":{"Type":"Pass","Next":"C"},"C":{"Type":"Wait","Seconds":1,"Next":"B"},"End":{"Type":"Succeed"}}}""",
        DiagnosticCodes.NoWayOut, "/States/B")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{},"End":true}}}""",
        DiagnosticCodes.EndlessWait, "/States/A")]
    [InlineData(
        """{"StartAt":"A","TimeoutSeconds":9,"States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{},"End":true}}}""",
        null, null)]
    [InlineData(
        """{"StartAt":"P","States":{"P":{"Type":"Parallel","Parameters":{"a":1},"End":true,"Branches":[{"StartAt":"B","States":{"B":{"Type":"Wait","SecondsPath":"$.b","End":true}}}]}}}""",
        DiagnosticCodes.DataNeverThere, "/States/P/Branches[0]/States/B/SecondsPath")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"n":1},"Next":"B"},"B":{"Type":"Pass","Parameters":{"w.$":"$"},"Next":"C"},"C":{"Type":"Choice","Choices":[{"Variable":"$.w.w","IsPresent":true,"Next":"D"}],"Default":"B"},"D":{"Type":"Pass","InputPath":"$.w.w.n","End":true}}}""",
        null, null)]
    [InlineData(
        """{"StartAt":"M","States":{"M":{"Type":"Map","ItemSelector":{"v.$":"$$.Map.Item.Value"},"End":true,"ItemProcessor":{"StartAt":"B","States":{"B":{"Type":"Pass","InputPath":"$.v.x","Next":"C"},"C":{"Type":"Pass","End":true}}}}}}""",
        null, null)]
    [InlineData(
        """{"StartAt":"M","States":{"M":{"Type":"Map","ItemSelector":{"v.$":"$$.Map.Item.Value"},"End":true,"ItemProcessor":{"StartAt":"B","States":{"B":{"Type":"Pass","InputPath":"$.w","End":true}}}}}}""",
        DiagnosticCodes.DataNeverThere, "/States/M/ItemProcessor/States/B/InputPath")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{},"Next":"B"},"B":{"Type":"Fail","CausePath":"$.why"}}}""",
        DiagnosticCodes.DataNeverThere, "/States/B/CausePath")]
    public void Of_EachDefinition_WarnsOfWhatCannotBe(string definition, string? code, string? location)
    {
        IReadOnlyList<Diagnostic> findings = FlowAnalysis.Of(JsonValue.Parse(definition));

        Assert.Equal(code is null ? [] : [(code, location)], findings.Select(finding => ((string?)finding.Code, finding.Location)));
        Assert.All(findings, finding => Assert.False(finding.IsError));
    }

    [Fact]
    public void Of_DataThatALoopDoubles_Ends()
    {
        string all = string.Join(',', Enumerable.Range(0, 30).Select(i => $"\"m{i}.$\":\"$\""));
        string definition = """
            {"StartAt":"A","States":{
              "A":{"Type":"Pass","Result":{"x":1},"Next":"B"},
              "B":{"Type":"Pass","Parameters":{ALL},"Next":"C"},
              "C":{"Type":"Choice","Choices":[{"Variable":"$.m0","IsPresent":true,"Next":"B"}],"Default":"D"},
              "D":{"Type":"Succeed"}}}
            """.Replace("ALL", all, StringComparison.Ordinal);

        Assert.Empty(FlowAnalysis.Of(JsonValue.Parse(definition)));
    }
}
