using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.AspNetCore.Http;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Resources;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Resources;

/// <summary>The setting <c>Resources</c>: what it gives a meaning, and which entry counts.</summary>
public sealed class ResourceMapTests
{
    [Theory]
    [InlineData("arn:aws:states:::ses:sendEmail")]
    [InlineData("arn:aws:states:::ses:sendEmail.waitForTaskToken")]
    [InlineData("arn:aws:states:::aws-sdk:ses:sendEmail")]
    [InlineData("arn:aws:states:::ses:other.sync")]
    public async Task Mock_ForMany_RespondsToEachOfThem(string resource)
    {
        await using var integrations = new TestIntegrations(
            [("Resources:arn:aws:states:::*ses:*:Mock:MessageId", "local"), ("Resources:arn:aws:states:::*ses:*:Mock:Count", "3")]);

        TaskOutcome outcome = await integrations.RunAsync(resource, "{}");

        JsonValue expected = JsonValue.Parse("""{"Count":3,"MessageId":"local"}""");
        Assert.Equal(resource.EndsWith("Token", StringComparison.Ordinal) ? new TaskAccepted(expected) : new TaskCompleted(expected), outcome);
    }

    [Fact]
    public async Task Url_WithParts_IsPostedTheArguments()
    {
        string? seen = null;
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = $"{context.Request.Path} {await reader.ReadToEndAsync(TestContext.Current.CancellationToken)}";
            await context.Response.WriteAsync("""{"Labels":["cat"]}""", TestContext.Current.CancellationToken);
        });
        await using var integrations = new TestIntegrations([("Resources:arn:aws:states:::rekognition:*:Url", server.Url + "/vision/{service}/{action}")]);

        JsonObject response = await integrations.CompleteAsync("rekognition:detectLabels", """{"Image":1}""");

        Assert.Equal(("/vision/rekognition/detectLabels {\"Image\":1}", """{"Labels":["cat"]}"""), (seen, response.ToString()));
    }

    [Fact]
    public async Task Url_ReturnsAFailure_IsTheTasksFailure()
    {
        await using TestServer server = await TestServer.StartAsync(static async context =>
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync("""{"errorType":"Rekognition.InvalidImageFormatException","errorMessage":"no image"}""", TestContext.Current.CancellationToken);
        });
        await using var integrations = new TestIntegrations([("Resources:arn:aws:states:::rekognition:*:Url", server.Url)]);

        Assert.Equal("Rekognition.InvalidImageFormatException", (await integrations.RejectAsync("rekognition:detectLabels", "{}")).Error);
    }

    [Fact]
    public async Task Command_ForAResource_TakesTheArguments()
    {
        await using var integrations = new TestIntegrations(
            [
                ("Resources:arn:aws:states:::glue:startJobRun:Command", "/bin/sh"),
                ("Resources:arn:aws:states:::glue:startJobRun:Arguments:0", "-c"),
                ("Resources:arn:aws:states:::glue:startJobRun:Arguments:1", "printf '[\"%s\",' \"$1\"; cat; printf ']'"),
                ("Resources:arn:aws:states:::glue:startJobRun:Arguments:2", "sh"),
                ("Resources:arn:aws:states:::glue:startJobRun:Arguments:3", "{action}"),
            ]);

        TaskOutcome outcome = await integrations.RunAsync("glue:startJobRun.sync", """{"JobName":"j"}""");

        Assert.Equal(new TaskCompleted(JsonValue.Parse("""["startJobRun",{"JobName":"j"}]""")), outcome);
    }

    [Theory]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:unlisted", "unlisted")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:special", "special")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:listed", "listed")]
    public async Task Functions_ByTheirArn_TheMostPreciseEntryWins(string resource, string expected)
    {
        await using var integrations = new TestIntegrations(
            [
                ("Functions:listed:Command", "/bin/sh"), ("Functions:listed:Arguments:0", "-c"), ("Functions:listed:Arguments:1", "echo '\"listed\"'"),
                ("Resources:arn:aws:lambda:*:*:function:*:Mock", "unlisted"),
                ("Resources:arn:aws:lambda:*:*:function:spec*:Mock", "special"),
            ]);

        Assert.Equal(new TaskCompleted(expected), await integrations.RunAsync(resource, "{}"));
    }

    [Fact]
    public async Task Function_OfLambdaInvoke_IsFoundByItsArnInTheMap()
    {
        await using var integrations = new TestIntegrations([("Resources:arn:aws:lambda:*:*:function:*:Mock:a", "1")]);

        JsonObject response = await integrations.CompleteAsync("lambda:invoke", """{"FunctionName":"any","Payload":{}}""");

        Assert.Equal(("""{"a":1}""", 200), (response["Payload"]!.ToString(), response["StatusCode"]));
    }

    [Fact]
    public async Task ExactEntry_OfABuiltInResource_ReplacesIt_AndAnEntryForManyDoesNot()
    {
        await using var integrations = new TestIntegrations(
            [("Resources:arn:aws:states:::sqs:sendMessage:Mock:MessageId", "m"), ("Resources:arn:aws:states:::*:Mock", "many")]);

        Assert.Equal("m", (await integrations.CompleteAsync("sqs:sendMessage", "{}"))["MessageId"]);
        Assert.Equal("SNS.InvalidParameterException", (await integrations.RejectAsync("sns:publish", "{}")).Error);
        Assert.Equal(new TaskCompleted("many"), await integrations.RunAsync("textract:analyzeDocument", "{}"));
    }

    [Fact]
    public async Task UnknownResource_NamesTheEntryToAdd()
    {
        await using var integrations = new TestIntegrations([]);

        TaskRejected rejected = await integrations.RejectAsync("sagemaker:createModel", "{}");

        Assert.Contains("\"arn:aws:states:::sagemaker:createModel\": { \"Url\": \"https://…\" }", rejected.Cause, StringComparison.Ordinal);
        Assert.EndsWith("to the setting 'StepFlow:Resources'.", rejected.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Resources:a:b:Url", "ftp://x", "StepFlow:Resources:a:b:Url")]
    [InlineData("Resources:a:b:Urll", "https://x", "unknown is Urll")]
    [InlineData("Resources:a:b", "", "must have exactly one of Function, Url, Command (with Arguments), Job, Rest, Aws and Mock")]
    [InlineData("Jobs:j:Arguments:0", "x", "StepFlow:Jobs:j' must have exactly one of Command, Image and ContainerAppsJob")]
    [InlineData("Jobs:j:ContainerAppsJob", "encode", "Microsoft.App/jobs/NAME")]
    [InlineData("Rest:r:Url", "http://example.com/", "StepFlow:Rest:r:Url' must be an https URL, or an http URL of this machine")]
    [InlineData("Rest:r:Connection", "none", "Http:Connections:none:Authorization")]
    [InlineData("Azure:ManagementUrl", "http://example.com/", "StepFlow:Azure:ManagementUrl")]
    [InlineData("Functions:f:File", "x.rb", "must end in one of .cjs, .js, .mjs, .py")]
    public async Task WrongEntries_AreReportedAtStart(string setting, string value, string problem)
    {
        await using var integrations = new TestIntegrations([(setting, value)]);

        OptionsValidationException wrong = Assert.Throws<OptionsValidationException>(() => integrations.Get<IOptions<IntegrationOptions>>().Value);

        Assert.Contains(problem, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:states:::ses:sendEmail", "{}", "a fixed result (arn:aws:states:::ses:*)", null)]
    [InlineData("arn:aws:states:::eks:runJob.sync", "{}", null, "\"Resources\": { \"arn:aws:states:::eks:runJob\": { \"Url\": \"https://…\" } }")]
    [InlineData("arn:aws:states:::ecs:runTask.sync", """{"TaskDefinition":"arn:aws:ecs:r:1:task-definition/encode:3"}""", "job encode", null)]
    [InlineData("arn:aws:states:::ecs:runTask.sync", """{"TaskDefinition":"gone:3"}""", null, "\"Jobs\": { \"gone\": { \"Command\": \"…\" } }")]
    [InlineData("arn:aws:states:::ecs:runTask.sync", "{}", "built in (ecs:runTask)", null)]
    [InlineData("arn:aws:states:::eks:call", "{}", null, "\"Rest\": { \"cluster\": { \"Url\": \"https://…\" } }")]
    [InlineData("azure:rest:call.sync", "{}", "built in (azure:rest:call)", null)]
    [InlineData("arn:aws:lambda:us-east-1:1:function:hello", "{}", "function hello", null)]
    [InlineData("arn:aws:lambda:us-east-1:1:function:gone", "{}", null, "\"Functions\": { \"gone\": { \"Url\": \"https://…\" } }")]
    [InlineData("arn:aws:states:::lambda:invoke", """{"FunctionName":"gone"}""", null, "\"Functions\": { \"gone\": { \"Url\": \"https://…\" } }")]
    [InlineData("arn:aws:states:::dynamodb:getItem", """{"TableName":"t"}""", null, "\"Tables\": { \"t\": { \"PartitionKey\": \"…\" } }")]
    [InlineData("arn:aws:states:::sqs:sendMessage", "{}", null, "\"Storage\": { \"ConnectionString\": \"…\" }")]
    [InlineData("arn:aws:states:::http:invoke", "{}", "built in (http:invoke)", null)]
    [InlineData("arn:aws:states:::states:startExecution.sync:2", "{}", "this service", null)]
    [InlineData("arn:aws:states:us-east-1:1:activity:a", "{}", "the workers of an activity", null)]
    public async Task Describe_AResource_ReportsWhatItReachesAndWhatIsMissing(string resource, string arguments, string? reaches, string? missing)
    {
        await using var integrations = new TestIntegrations([("Resources:arn:aws:states:::ses:*:Mock:a", "1"), ("Functions:hello:Url", "https://example.com/"), ("Jobs:encode:Command", "encode"), ("Resources:arn:aws:states:::eks:call:Rest", "cluster")]);

        ResourceView view = integrations.Get<ResourceCatalog>().Describe(TaskResource.Parse(resource), (JsonObject)JsonValue.Parse(arguments));

        Assert.Equal((reaches, missing), (view.Reaches, view.Missing));
    }
}
