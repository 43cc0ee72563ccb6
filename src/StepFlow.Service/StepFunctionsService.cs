using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.MapRuns;
using StepFlow.Service.Operations;

namespace StepFlow.Service;

/// <summary>
/// The Step Functions service: all operations of its API, independent of how a call comes in. The AWS protocol, REST
/// and tasks that call Step Functions all go through it.
/// </summary>
public sealed class StepFunctionsService
{
    private readonly FrozenDictionary<string, Operation> _operations;
    private readonly OutageLog _outages;

    internal StepFunctionsService(
        IEnumerable<Operation> operations, IExecutionHost host, IMapRuns mapRuns, ServiceOptions options, TimeProvider time, ILogger<StepFunctionsService> logger)
    {
        _operations = operations.ToFrozenDictionary(static operation => operation.Name, StringComparer.Ordinal);
        _outages = new(logger, time);
        (Host, MapRuns, Options, Time, Logger) = (host, mapRuns, options, time, logger);
    }

    /// <summary>The names of the operations of the Step Functions API.</summary>
    public IEnumerable<string> Operations => _operations.Values.Where(static operation => !operation.IsRestOnly).Select(static operation => operation.Name);

    /// <summary>The settings.</summary>
    public ServiceOptions Options { get; }

    /// <summary>Where the service logs about itself.</summary>
    internal ILogger Logger { get; }

    /// <summary>The service's clock.</summary>
    internal TimeProvider Time { get; }

    /// <summary>Runs the Standard executions.</summary>
    internal IExecutionHost Host { get; }

    /// <summary>Reads the Map Runs.</summary>
    internal IMapRuns MapRuns { get; }

    /// <summary>The access that an operation needs; null for an unknown operation.</summary>
    public OperationAccess? AccessOf(string operation) => _operations.GetValueOrDefault(operation)?.Access;

    /// <summary>The shape of an operation's requests; null for an unknown operation.</summary>
    internal StructureShape? ShapeOf(string operation) => _operations.GetValueOrDefault(operation)?.Request;

    /// <summary>Performs an operation. Failures of the operation are results; nothing is thrown but a cancellation.</summary>
    /// <param name="operation">The operation's name in the API model.</param>
    public async Task<ApiResult> InvokeAsync(string operation, JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        if (!_operations.TryGetValue(operation, out Operation? found) || (found.IsRestOnly && !caller.IsRest))
        {
            return ApiResult.Failure(new(ErrorCodes.UnknownOperation, string.Empty));
        }

        try
        {
            var violations = new Violations();
            found.Request.Check(request, string.Empty, violations);
            violations.ThrowIfAny();
            JsonObject response = await found.InvokeAsync(request, caller, cancellationToken);
            if (caller.Name is { } name && found.Access != OperationAccess.Read)
            {
                ServiceLogs.Changed(Logger, name, operation, Resource(response) ?? Resource(request) ?? ServiceLogs.NoResource);
            }

            return ApiResult.Success(response);
        }
        catch (ApiException exception)
        {
            return ApiResult.Failure(exception.Error);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            // The host gave it up, because it stops; not the caller.
            return ApiResult.Failure(new(ErrorCodes.ServiceUnavailable, "The server is stopping and did not complete this request. Try again.", 503));
        }
        catch (Exception exception) when (Outages.IsOutage(exception))
        {
            _outages.Write(operation, exception);
            return ApiResult.Failure(new(ErrorCodes.ServiceUnavailable, Outages.ReasonOf(exception), 503));
        }
        catch (HostDataException exception)
        {
            ServiceLogs.OperationFailed(Logger, operation, exception);
            return ApiResult.Failure(new(ErrorCodes.InternalFailure, exception.Message, 500));
        }
        catch (Exception exception)
        {
            // A defect. The caller may try again. Only the log has the exception.
            ServiceLogs.OperationFailed(Logger, operation, exception);
            return ApiResult.Failure(new(ErrorCodes.InternalFailure, "The service failed. Try again.", 500));
        }
    }

    /// <summary>The resource of a request: the first ARN in it.</summary>
    private static string? Resource(JsonObject message) =>
        message.Where(static member => member.Key.EndsWith("Arn", StringComparison.OrdinalIgnoreCase)).Select(static member => (member.Value as JsonString)?.Value).FirstOrDefault();
}
