using StepFlow.Language.Catalogue;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Loading;

namespace StepFlow.Language.Tests.Validation;

public sealed class IntegrationRuleTests
{
    [Theory]
    [InlineData("dynamodb:query")]
    [InlineData("lambda:invok")]
    [InlineData("nosuch:thing")]
    [InlineData("sqs:sendMessage.sync")]
    [InlineData("states:startExecution.sync:3")]
    [InlineData("http:invoke.waitForTaskToken")]
    [InlineData("aws-sdk:s3:GetObject")]
    [InlineData("aws-sdk:S3:getObject")]
    [InlineData("aws-sdk:s3:getObject.sync")]
    [InlineData("aws-sdk:nosuch:getObject")]
    [InlineData("aws-sdk:stepfunctions:startExecution")]
    [InlineData("aws-sdk:dynamodb:qurey")]
    [InlineData("aws-sdk:quicksight:ListUsers")]
    public void Load_OfAnIntegrationThatThereIsNot_IsRefused(string resource) => Assert.Equal(
        [(DiagnosticMessages.ResourceNotRecognised($"arn:aws:states:::{resource}"), "/States/A/Resource")],
        Errors($"arn:aws:states:::{resource}", "{}"));

    [Theory]
    [InlineData("lambda:invoke", """{"FunctionName":"f","Payload.$":"$"}""")]
    [InlineData("lambda:invoke.waitForTaskToken", """{"FunctionName.$":"$.f","Payload":{}}""")]
    [InlineData("states:startExecution.sync:2", """{"StateMachineArn":"m","Input":{}}""")]
    [InlineData("glue:startJobRun.sync", """{"Whatever":1}""")]
    [InlineData("aws-sdk:s3:getObject", """{"Bucket":"b"}""")]
    [InlineData("aws-sdk:sfn:startExecution.waitForTaskToken", "{}")]
    [InlineData("aws-sdk:config:listDiscoveredResources", "{}")]
    [InlineData("aws-sdk:cloudwatchlogs:createLogGroup", "{}")]
    [InlineData("aws-sdk:quicksight:whateverIsNew", "{}")]
    public void Load_OfAnIntegrationWithItsParameters_Succeeds(string resource, string parameters) =>
        Assert.Empty(Errors($"arn:aws:states:::{resource}", parameters));

    [Fact]
    public void Load_WithoutAParameterThatIsNeeded_IsRefused() => Assert.Equal(
        [(DiagnosticMessages.RequiredField("FunctionName"), "/States/A/Parameters")],
        Errors("arn:aws:states:::lambda:invoke", """{"Payload":{}}"""));

    [Fact]
    public void Load_WithAParameterThatIsNotTaken_IsRefused() => Assert.Equal(
        [("The field \"Foo\" is not supported by Step Functions", "/States/A/Parameters")],
        Errors("arn:aws:states:::lambda:invoke", """{"FunctionName":"f","Foo.$":"$.x"}"""));

    [Fact]
    public void Load_OfATokenThatNobodyReplaced_IsRefused() => Assert.Equal(
        [(DiagnosticMessages.InvalidResource, "/States/A/Resource")],
        Errors("${FunctionArn}", "{}"));

    [Theory]
    [InlineData("aws-sdk:dynamodb:qurey", "aws-sdk:dynamodb:query")]
    [InlineData("aws-sdk:dynamodbb:getItem", "aws-sdk:dynamodb:getItem")]
    public void Near_OfAnSdkAction_IsOneOfTheSdk(string name, string meant) =>
        Assert.Equal(meant, IntegrationCatalogue.Aws.Similar(TaskResource.Parse("arn:aws:states:::" + name))[0]);

    [Fact]
    public void With_AnSdkActionOfTheHostAlone_IsRecognised() =>
        Assert.Empty(Errors("arn:aws:states:::aws-sdk:s3:presignGetObject", "{}", IntegrationCatalogue.Aws.With(["aws-sdk:s3:presignGetObject"], static _ => false)));

    [Fact]
    public void With_WhatAHostSupportsBesides_IsRecognised() =>
        Assert.Empty(Errors("arn:aws:states:::nosuch:thing.sync", "{}", IntegrationCatalogue.Aws.With(["nosuch:thing"], static _ => false)));

    [Theory]
    [InlineData("azure:blob:getBlob", """{"Container":"c","Blob.$":"$.b"}""", null)]
    [InlineData("azure:blob:getBlob", """{"Container":"c"}""", "Blob")]
    [InlineData("azure:table:query", """{"Table":"t","Key":{},"Index":"i","FilterExpression":"a = :a","ExpressionAttributeValues":{}}""", null)]
    [InlineData("azure:table:putItem", """{"Table":"t"}""", "Item")]
    [InlineData("azure:openai:createChatCompletion", """{"anything":1}""", null)]
    public void Load_OfAServiceOfAzure_ChecksItsParameters(string resource, string parameters, string? missing) => Assert.Equal(
        missing is null ? [] : [(DiagnosticMessages.RequiredField(missing), "/States/A/Parameters")],
        Errors(resource, parameters, IntegrationCatalogue.Aws.With([resource], static _ => false)));

    [Fact]
    public void Load_OfAServiceOfAzure_WithAParameterThatIsNotTaken_IsRefused() => Assert.Equal(
        [(DiagnosticMessages.UnknownParameter("Bucket"), "/States/A/Parameters")],
        Errors("azure:blob:getBlob", """{"Container":"c","Blob":"b","Bucket":"x"}""", IntegrationCatalogue.Aws.With(["azure:blob:getBlob"], static _ => false)));

    [Fact]
    public void Load_WithoutACatalogue_ChecksNoIntegration() =>
        Assert.True(StateMachineLoader.Load(Machine("arn:aws:states:::nosuch:thing", "{}")).IsSuccess);

    private static (string Message, string? Location)[] Errors(string resource, string parameters, IntegrationCatalogue? catalogue = null) =>
        [.. StateMachineLoader.Load(Machine(resource, parameters), integrations: catalogue ?? IntegrationCatalogue.Aws).Diagnostics
            .Where(diagnostic => diagnostic.IsError)
            .Select(diagnostic => (diagnostic.Message, diagnostic.Location))];

    private static string Machine(string resource, string parameters) =>
        """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"RESOURCE","Parameters":PARAMETERS,"End":true}}}"""
            .Replace("RESOURCE", resource, StringComparison.Ordinal)
            .Replace("PARAMETERS", parameters, StringComparison.Ordinal);
}
