using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Aws;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Resources;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Aws;

/// <summary>The target <c>Aws</c> of the map of Resources: the real services, with signed requests.</summary>
public sealed class AwsCallTests
{
    private static readonly AwsEnvironment NoEnvironment = new(static _ => null);

    [Theory]
    [InlineData("aws-sdk:dynamodb:describeTable", "DynamoDB_20120810.DescribeTable", "application/x-amz-json-1.0", """{"TableName":"t"}""", """{"TableName":"t"}""", """{"Table":{"ItemCount":1}}""", """{"Table":{"ItemCount":1}}""")]
    [InlineData("aws-sdk:ecs:describeTasks", "AmazonEC2ContainerServiceV20141113.DescribeTasks", "application/x-amz-json-1.1", """{"Cluster":"c","Tasks":["t"]}""", """{"cluster":"c","tasks":["t"]}""", """{"tasks":[{"containers":[{"exitCode":0}]}]}""", """{"Tasks":[{"Containers":[{"ExitCode":0}]}]}""")]
    [InlineData("aws-sdk:cloudwatchlogs:createLogGroup", "Logs_20140328.CreateLogGroup", "application/x-amz-json-1.1", """{"LogGroupName":"g","Tags":{"Team":"x"}}""", """{"logGroupName":"g","tags":{"Team":"x"}}""", "", "{}")]
    [InlineData("aws-sdk:sfn:startExecution", "AWSStepFunctions.StartExecution", "application/x-amz-json-1.0", """{"StateMachineArn":"a","Input":{"n":1},"Name":"n"}""", """{"stateMachineArn":"a","input":"{\"n\":1}","name":"n"}""", """{"executionArn":"e"}""", """{"ExecutionArn":"e"}""")]
    [InlineData("aws-sdk:eventbridge:putEvents", "AWSEvents.PutEvents", "application/x-amz-json-1.1", """{"Entries":[{"Detail":{"a":1}}]}""", """{"Entries":[{"Detail":"{\"a\":1}"}]}""", """{"Entries":[]}""", """{"Entries":[]}""")]
    public async Task SdkAction_IsCalledInItsProtocol(string resource, string target, string mediaType, string arguments, string sent, string response, string result)
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On(target, 200, response);
        await using TestIntegrations integrations = Integrations(server, resource);

        JsonObject output = await integrations.CompleteAsync(resource, arguments);

        AwsServerRequest request = Assert.Single(server.Requests);
        Assert.Equal((target, mediaType, JsonValue.Parse(sent)), (request.Target, request.Headers["content-type"], JsonValue.Parse(request.Body)));
        Assert.Equal(JsonValue.Parse(result), output);
    }

    [Fact]
    public async Task OptimisedAction_HasTheMetadataOfTheResponse()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On("AmazonSQS.SendMessage", 200, """{"MessageId":"m"}""");
        await using TestIntegrations integrations = Integrations(server, "sqs:sendMessage");

        JsonObject output = await integrations.CompleteAsync("sqs:sendMessage", """{"QueueUrl":"https://q","MessageBody":{"a":1}}""");

        Assert.Equal("m", output["MessageId"]);
        Assert.Equal("11111111-2222-3333-4444-555555555555", ((JsonObject)output["SdkResponseMetadata"]!)["RequestId"]);
        Assert.Equal("""{"QueueUrl":"https://q","MessageBody":"{\"a\":1}"}""", server.Requests.Single().Body);
    }

    [Theory]
    [InlineData("aws-sdk:dynamodb:putItem", """{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed"}""", "DynamoDb.ConditionalCheckFailedException", "The conditional request failed (Service: DynamoDb, Status Code: 400, Request ID: 11111111-2222-3333-4444-555555555555) (SDK Attempt Count: 1)")]
    [InlineData("dynamodb:putItem", """{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed"}""", "DynamoDB.ConditionalCheckFailedException", "The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: 11111111-2222-3333-4444-555555555555; Proxy: null)")]
    [InlineData("aws-sdk:dynamodb:putItem", """{"__type":"com.amazon.coral.validate#ValidationException","message":"wrong"}""", "DynamoDb.DynamoDbException", "wrong (Service: DynamoDb")]
    [InlineData("aws-sdk:sqs:sendMessage", """{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no queue"}""", "Sqs.QueueDoesNotExistException", "no queue")]
    [InlineData("aws-sdk:kms:encrypt", """{"__type":"NotFoundException"}""", "Kms.NotFoundException", "status 400 and no message")]
    [InlineData("aws-sdk:dynamodb:putItem", """{"__type":"UnrecognizedClientException","message":"The security token is invalid."}""", "DynamoDb.DynamoDbException", "setting 'StepFlow:Aws:main'")]
    public async Task Refusal_IsTheErrorThatStepFunctionsNames(string resource, string body, string error, string cause)
    {
        await using AwsServer server = await AwsServer.StartAsync();
        foreach (string target in (string[])["DynamoDB_20120810.PutItem", "AmazonSQS.SendMessage", "TrentService.Encrypt"])
        {
            server.On(target, 400, body);
        }

        await using TestIntegrations integrations = Integrations(server, resource);

        TaskRejected rejected = await integrations.RejectAsync(resource, "{}");

        Assert.Equal(error, rejected.Error);
        Assert.Contains(cause, rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BusyService_IsAnOutage()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On("TrentService.Encrypt", 503, "{}");
        await using TestIntegrations integrations = Integrations(server, "aws-sdk:kms:encrypt");

        await Assert.ThrowsAsync<TaskOutageException>(() => integrations.RunAsync("aws-sdk:kms:encrypt", "{}"));
    }

    [Fact]
    public async Task Repetition_HasTheSameToken()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On("AmazonEC2ContainerServiceV20141113.RunTask", 200, "{}");
        await using TestIntegrations integrations = Integrations(server, "aws-sdk:ecs:runTask");

        await integrations.CompleteAsync("aws-sdk:ecs:runTask", """{"TaskDefinition":"t"}""");
        await integrations.CompleteAsync("aws-sdk:ecs:runTask", """{"TaskDefinition":"t"}""");
        await integrations.CompleteAsync("aws-sdk:ecs:runTask", """{"TaskDefinition":"t"}""", "call-2");

        JsonValue?[] tokens = [.. server.Requests.Select(static request => ((JsonObject)JsonValue.Parse(request.Body))["clientToken"])];
        Assert.NotNull(tokens[0]);
        Assert.Equal(tokens[0], tokens[1]);
        Assert.NotEqual(tokens[0], tokens[2]);
    }

    [Theory]
    [InlineData("aws-sdk:s3:getObject", "The AWS service 's3' is not supported")]
    [InlineData("codebuild:retryBuildBatch.sync", "Start it without '.sync'")]
    public async Task WhatCannotBeCalled_IsRefusedWithTheReason(string resource, string cause)
    {
        await using AwsServer server = await AwsServer.StartAsync();
        await using TestIntegrations integrations = Integrations(server, resource);

        Assert.Contains(cause, (await integrations.RejectAsync(resource, """{"TaskDefinition":"t"}""")).Cause, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task WithoutKey_TheSettingsToAddAreNamed()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        await using var integrations = new TestIntegrations(
            [("Resources:arn:aws:states:::aws-sdk:kms:*:Aws", "main"), ("Aws:main:Region", "eu-west-1"), ("Aws:main:Endpoint", server.Url)],
            static services => services.AddSingleton(NoEnvironment));

        TaskRejected rejected = await integrations.RejectAsync("aws-sdk:kms:encrypt", "{}");

        Assert.Contains("StepFlow:Aws:main:RoleArn", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnvironmentsKey_SignsWithItsToken()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On("TrentService.Encrypt", 200, "{}");
        var environment = new AwsEnvironment(static name => name switch
        {
            "AWS_ACCESS_KEY_ID" => AwsServer.KeyId,
            "AWS_SECRET_ACCESS_KEY" => AwsServer.Secret,
            "AWS_SESSION_TOKEN" => "session",
            "AWS_REGION" => "eu-central-1",
            _ => null,
        });
        await using var integrations = new TestIntegrations(
            [("Resources:arn:aws:states:::aws-sdk:kms:*:Aws", "main"), ("Aws:main:Endpoint", server.Url)], services => services.AddSingleton(environment));

        await integrations.CompleteAsync("aws-sdk:kms:encrypt", "{}");

        AwsServerRequest request = server.Requests.Single();
        Assert.Equal("session", request.Headers["x-amz-security-token"]);
        Assert.Contains("/eu-central-1/kms/aws4_request", request.Headers["authorization"], StringComparison.Ordinal);
        Assert.Contains("x-amz-security-token", request.Headers["authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_IsTakenOnWithTheIdentitysToken_Once()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On("TrentService.Encrypt", 200, "{}");
        server.On("sts", 200, $"<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>{AwsServer.KeyId}</AccessKeyId><SecretAccessKey>{AwsServer.Secret}</SecretAccessKey><SessionToken>st</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>");
        await using var integrations = new TestIntegrations(
            [("Resources:arn:aws:states:::aws-sdk:kms:*:Aws", "main"), ("Aws:main:Region", "eu-west-1"), ("Aws:main:Endpoint", server.Url), ("Aws:main:RoleArn", "arn:aws:iam::1:role/r")],
            static services => services.AddSingleton<TokenCredential>(new FakeCredential()));

        await integrations.CompleteAsync("aws-sdk:kms:encrypt", "{}");
        await integrations.CompleteAsync("aws-sdk:kms:encrypt", "{}", "call-2");

        AwsServerRequest taken = Assert.Single(server.Requests, static request => request.Target.Length == 0);
        Assert.Contains("RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr", taken.Body, StringComparison.Ordinal);
        Assert.All(server.Requests.Where(static request => request.Target.Length > 0), static request => Assert.Equal("st", request.Headers["x-amz-security-token"]));
    }

    [Fact]
    public async Task Role_ThatIsRefused_FailsWithTheErrorOfAws()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On("sts", 400, "<ErrorResponse><Error><Code>InvalidIdentityToken</Code><Message>No OpenIDConnect provider found</Message></Error></ErrorResponse>");
        await using var integrations = new TestIntegrations(
            [("Resources:arn:aws:states:::aws-sdk:kms:*:Aws", "main"), ("Aws:main:Region", "eu-west-1"), ("Aws:main:Endpoint", server.Url), ("Aws:main:RoleArn", "r")],
            static services => services.AddSingleton<TokenCredential>(new FakeCredential()));

        Assert.Contains("InvalidIdentityToken: No OpenIDConnect provider found", (await integrations.RejectAsync("aws-sdk:kms:encrypt", "{}")).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws-sdk:lambda:invoke", """{"FunctionName":"hello","Payload":{"n":1}}""", "/2015-03-31/functions/hello/invocations")]
    [InlineData("lambda:invoke", """{"FunctionName":"arn:aws:lambda:eu-north-1:111111111111:function:hello:live","Payload":{"n":1}}""", "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-north-1%3A111111111111%3Afunction%3Ahello/invocations?Qualifier=live")]
    public async Task Lambda_IsInvoked(string resource, string arguments, string path)
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On(path, 200, """{"hello":"you"}""");
        await using TestIntegrations integrations = Integrations(server, resource);

        JsonObject output = await integrations.CompleteAsync(resource, arguments);

        Assert.Equal("""{"n":1}""", server.Requests.Single().Body);
        Assert.Equal("RequestResponse", server.Requests.Single().Headers["x-amz-invocation-type"]);
        Assert.Equal(resource.StartsWith("aws-sdk", StringComparison.Ordinal) ? new JsonString("""{"hello":"you"}""") : JsonValue.Parse("""{"hello":"you"}"""), output["Payload"]);
        Assert.Contains(resource.StartsWith("aws-sdk", StringComparison.Ordinal) ? "/eu-west-1/lambda/" : "/eu-north-1/lambda/", server.Requests.Single().Headers["authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task LambdasFunctionArn_IsInvoked_AndItsFailureIsTheError()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        const string Arn = "arn:aws:lambda:eu-west-1:111111111111:function:pay";
        server.On($"/2015-03-31/functions/{Uri.EscapeDataString(Arn)}/invocations", 200, """{"errorType":"CardDeclined","errorMessage":"no"}""", ("X-Amz-Function-Error", "Unhandled"));
        await using TestIntegrations integrations = Integrations(server, "arn:aws:lambda:*:*:function:*");

        TaskRejected rejected = await integrations.RejectAsync(Arn, "{}");

        Assert.Equal("CardDeclined", rejected.Error);
    }

    [Fact]
    public async Task Lambda_ThatIsNotThere_IsLambdasError()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On("/2015-03-31/functions/hello/invocations", 404, """{"Type":"User","Message":"Function not found: hello"}""", ("x-amzn-ErrorType", "ResourceNotFoundException:http://internal.amazon.com/"));
        await using TestIntegrations integrations = Integrations(server, "lambda:invoke");

        TaskRejected rejected = await integrations.RejectAsync("lambda:invoke", """{"FunctionName":"hello"}""");

        Assert.Equal("Lambda.ResourceNotFoundException", rejected.Error);
    }

    [Theory]
    [InlineData("aws-sdk:secretsmanager:getSecretValue", "secretsmanager.GetSecretValue", """{"SecretId":"s"}""", """{"ARN":"arn:s","SecretString":"hunter2","VersionId":"v"}""")]
    [InlineData("aws-sdk:ssm:getParameter", "AmazonSSM.GetParameter", """{"Name":"s","WithDecryption":true}""", """{"Parameter":{"Name":"s","Type":"SecureString","Value":"hunter2","Version":3}}""")]
    [InlineData("aws-sdk:kms:decrypt", "TrentService.Decrypt", """{"CiphertextBlob":"AA=="}""", """{"Plaintext":"hunter2"}""")]
    public async Task Secret_IsAPlaceholderInTheResult_AndTheSecretOnTheWayToAnotherTask(string resource, string target, string arguments, string response)
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On(target, 200, response);
        server.On("AmazonSQS.SendMessage", 200, """{"MessageId":"m"}""");
        await using TestIntegrations integrations = Integrations(server, resource, "aws-sdk:sqs:sendMessage");

        JsonObject output = await integrations.CompleteAsync(resource, arguments);
        Assert.DoesNotContain("hunter2", output.ToString(), StringComparison.Ordinal);
        string placeholder = System.Text.RegularExpressions.Regex.Match(output.ToString(), @"\{\{secret:[0-9a-f]+\}\}").Value;
        await integrations.CompleteAsync("aws-sdk:sqs:sendMessage", $$"""{"QueueUrl":"q","MessageBody":"{{placeholder}}"}""", "call-2");

        Assert.Contains("hunter2", server.Requests.Single(static request => request.Target == "AmazonSQS.SendMessage").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_IsNeverLogged()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On("TrentService.Encrypt", 500, "{}");
        var log = new TextLog();
        await using var integrations = new TestIntegrations(
            server.Settings("aws-sdk:kms:encrypt"), services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));

        await Assert.ThrowsAsync<TaskOutageException>(() => integrations.RunAsync("aws-sdk:kms:encrypt", "{}"));

        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, static line => line.Contains(AwsServer.Secret, StringComparison.Ordinal) || line.Contains("Signature=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Aws:main:AccessKeyId", "x", "both AccessKeyId and SecretAccessKey")]
    [InlineData("Aws:main:Endpoint", "http://example.com", "must be an https URL")]
    [InlineData("Aws:main:TimeoutSeconds", "5", "AWS_REGION is not set")]
    public async Task WrongSettings_AreRefusedAtTheStart(string setting, string value, string problem)
    {
        await using var integrations = new TestIntegrations([(setting, value)], static services => services.AddSingleton(NoEnvironment));

        Assert.Contains(problem, Assert.Throws<OptionsValidationException>(() => integrations.Get<IOptions<IntegrationOptions>>().Value).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws-sdk:kms:encrypt", "AWS with the account main (arn:aws:states:::*)", null)]
    [InlineData("aws-sdk:quicksight:listUsers", null, "'quicksight' is not supported")]
    public async Task Resources_Each_ShowWhatTheyCall(string resource, string? reaches, string? missing)
    {
        await using var integrations = new TestIntegrations([("Resources:arn:aws:states:::*:Aws", "main"), ("Aws:main:Region", "eu-west-1")]);

        ResourceView view = integrations.Get<ResourceCatalog>().Describe(TaskResource.Parse("arn:aws:states:::" + resource), null);

        Assert.Equal(reaches, view.Reaches);
        Assert.True(missing is null ? view.Missing is null : view.Missing!.Contains(missing, StringComparison.Ordinal));
    }

    private static TestIntegrations Integrations(AwsServer server, params string[] resources) => new(server.Settings(resources));
}
