using Azure.Core;
using Microsoft.Extensions.Logging;

namespace StepFlow.Integrations.Functions;

/// <summary>Makes a handler from the settings of a function.</summary>
internal sealed class FunctionFactory(IHttpClientFactory http, TokenCredential credential, IJobFunctions jobs, TimeProvider time, ILogger<FunctionFactory> logger)
{
    /// <summary>The name of the HTTP client that calls functions.</summary>
    public const string ClientName = "stepflow-functions";

    public IFunctionHandler Create(string name, FunctionOptions options) => options.Url is not null
        ? new HttpFunction(name, options, http, credential, time)
        : options.Job is { } job ? jobs.Create(name, job)
        : new ProcessFunction(name, options.File is null ? options : HandlerFile.ToProgram(options), time, logger);
}
