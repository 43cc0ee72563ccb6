using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace StepFlow.Console;

/// <summary>Puts the web console on the routes of a web application.</summary>
public static class ConsoleEndpoints
{
    public const string Path = "/console";

    /// <summary>Maps the console at <see cref="Path"/>, and <c>GET /</c> to it.</summary>
    /// <param name="endpoints">The application's routes.</param>
    public static void MapStepFlowConsole(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", static context =>
        {
            context.Response.Redirect(Path + "/");
            return Task.CompletedTask;
        });
        endpoints.MapGet(Path + "/{**path}", static context =>
        {
            if (context.Request.Path == Path)
            {
                // The page's own links are relative to its folder.
                context.Response.Redirect(Path + "/");
                return Task.CompletedTask;
            }

            return ConsoleFiles.ServeAsync(context, context.Request.RouteValues["path"]?.ToString());
        });
    }
}
