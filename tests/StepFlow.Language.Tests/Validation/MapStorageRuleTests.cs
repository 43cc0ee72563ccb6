using StepFlow.Language.Catalogue;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Loading;

namespace StepFlow.Language.Tests.Validation;

public sealed class MapStorageRuleTests
{
    [Theory]
    [InlineData("ItemReader", "s3:putObject")]
    [InlineData("ItemReader", "s3:getobject")]
    [InlineData("ItemReader", "s3:getObject.sync")]
    [InlineData("ItemReader", "dynamodb:getItem")]
    [InlineData("ResultWriter", "s3:getObject")]
    [InlineData("ResultWriter", "nosuch:thing")]
    public void Load_ResourceThatDoesNotDoIt_IsRefused(string field, string resource) => Assert.Equal(
        [(DiagnosticMessages.ResourceNotRecognised($"arn:aws:states:::{resource}"), $"/States/M/{field}/Resource")],
        Errors($$$$"""{"{{{{field}}}}":{"Resource":"arn:aws:states:::{{{{resource}}}}","Parameters":{"Bucket":"b"}}}"""));

    [Theory]
    [InlineData("ItemReader", "s3:getObject")]
    [InlineData("ItemReader", "s3:listObjectsV2")]
    [InlineData("ResultWriter", "s3:putObject")]
    public void Load_ResourceThatDoesIt_NeedsParameters(string field, string resource)
    {
        Assert.Empty(Errors($$$$"""{"{{{{field}}}}":{"Resource":"arn:aws:states:::{{{{resource}}}}","Parameters":{"Bucket":"b"}}}"""));
        Assert.Equal(
            [("These fields are required: [Parameters]", $"/States/M/{field}")],
            Errors($$$$"""{"{{{{field}}}}":{"Resource":"arn:aws:states:::{{{{resource}}}}"}}"""));
    }

    [Fact]
    public void Load_WhatWasCreatedBefore_Continues() =>
        Assert.True(StateMachineLoader.Load(Machine("""{"ItemReader":{"Resource":"arn:aws:states:::s3:putObject"}}""")).IsSuccess);

    private static (string Message, string? Location)[] Errors(string fields) =>
        [.. StateMachineLoader.Load(Machine(fields), integrations: IntegrationCatalogue.Aws).Diagnostics
            .Where(diagnostic => diagnostic.IsError)
            .Select(diagnostic => (diagnostic.Message, diagnostic.Location))];

    private static string Machine(string fields) => """
        {"StartAt":"M","States":{"M":{"Type":"Map","End":true,FIELDS,
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}}}
        """.Replace("FIELDS", fields[1..^1], StringComparison.Ordinal);
}
