using System.Net;
using System.Security.Claims;
using System.Text;
using Azure.Core.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace StepFlow.Functions.Tests.Triggers;

/// <summary>A request as the worker hands it to a function.</summary>
internal sealed class HttpRequestDouble(string path, string body, HttpContext? http = null) : HttpRequestData(Context(http))
{
    public override Stream Body { get; } = new MemoryStream(Encoding.UTF8.GetBytes(body));

    public override HttpHeadersCollection Headers { get; } = [];

    public override IReadOnlyCollection<IHttpCookie> Cookies => [];

    public override Uri Url { get; } = new(new Uri("https://app.example"), path);

    public override IEnumerable<ClaimsIdentity> Identities => [];

    public override string Method => "POST";

    public override HttpResponseData CreateResponse() => new Response(FunctionContext);

    private static FunctionContext Context(HttpContext? http)
    {
        var services = new ServiceCollection();
        services.Configure<WorkerOptions>(options => options.Serializer = new JsonObjectSerializer());
        var context = new Mock<FunctionContext>();
        context.SetupGet(found => found.InstanceServices).Returns(services.BuildServiceProvider());

        // Where the worker's ASP.NET Core integration keeps the request's own context.
        context.SetupGet(found => found.Items).Returns(new Dictionary<object, object> { ["HttpRequestContext"] = http! });
        return context.Object;
    }

    private sealed class Response(FunctionContext context) : HttpResponseData(context)
    {
        public override HttpStatusCode StatusCode { get; set; }

        public override HttpHeadersCollection Headers { get; set; } = [];

        public override Stream Body { get; set; } = new MemoryStream();

        public override HttpCookies Cookies => throw new NotSupportedException("The app sets no cookies.");
    }
}
