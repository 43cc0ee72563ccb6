using StepFlow.Language.Json;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Requests;

/// <summary>Requests that break constraints are refused in the service's words.</summary>
public sealed class ValidationMessageTests
{
    private readonly TestService _test = new();

    [Theory]
    [InlineData("DescribeStateMachine", "{}", "1 validation error detected: Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null")]
    [InlineData("DescribeStateMachine", """{"stateMachineArn":null}""", "1 validation error detected: Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null")]
    [InlineData("CreateActivity", """{"name":""}""", "1 validation error detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("ListActivities", """{"maxResults":1001}""", "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000")]
    [InlineData("ListActivities", """{"maxResults":-1}""", "1 validation error detected: Value '-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"","roleArn":"arn:aws:iam::1:role/r"}""", "1 validation error detected: Value at 'definition' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("ListExecutions", """{"statusFilter":"succeeded"}""", "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]")]
    [InlineData("RedriveExecution", """{"executionArn":"a","clientToken":"a b"}""", "1 validation error detected: Value 'a b' at 'clientToken' failed to satisfy constraint: Member must satisfy regular expression pattern: [!-~]+")]
    [InlineData("CreateStateMachine", """{"definition":"x"}""", "2 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; Value null at 'roleArn' failed to satisfy constraint: Member must not be null")]
    public async Task Invoke_ConstraintBroken_ListsIt(string operation, string request, string message)
    {
        ApiError error = await RefuseAsync(operation, request);

        Assert.Equal(ErrorCodes.Validation, error.Code);
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("DescribeStateMachine", """{"stateMachineArn":1}""")]
    [InlineData("ListActivities", """{"maxResults":"1"}""")]
    [InlineData("CreateActivity", """{"name":"a","tags":{}}""")]
    [InlineData("GetExecutionHistory", """{"executionArn":"a","reverseOrder":"yes"}""")]
    public async Task Invoke_WrongJsonType_IsASerializationError(string operation, string request)
    {
        ApiError error = await RefuseAsync(operation, request);

        Assert.Equal(ErrorCodes.Serialization, error.Code);
    }

    [Fact]
    public async Task Invoke_UnknownMember_IsIgnored()
    {
        ApiResult result = await InvokeAsync("ListActivities", """{"unknown":1}""");

        Assert.True(result.IsSuccess);
    }

    [Fact]
    public async Task Invoke_UnknownOperation_IsRefused()
    {
        ApiError error = await RefuseAsync("Nothing", "{}");

        Assert.Equal(ErrorCodes.UnknownOperation, error.Code);
    }

    private async Task<ApiError> RefuseAsync(string operation, string request)
    {
        ApiResult result = await InvokeAsync(operation, request);
        Assert.False(result.IsSuccess);
        return result.Error;
    }

    private Task<ApiResult> InvokeAsync(string operation, string request) =>
        _test.Service.InvokeAsync(operation, (JsonObject)JsonValue.Parse(request), CallerContext.Internal, TestContext.Current.CancellationToken);
}
