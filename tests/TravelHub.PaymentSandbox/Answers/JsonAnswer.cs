using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TravelHub.PaymentSandbox.Answers;

/// <summary>A small JSON document, sent whole with its length: one write to the socket instead of a chunk and its end.</summary>
internal sealed class JsonAnswer<T>(
    T value, JsonTypeInfo<T> shape, int status = StatusCodes.Status200OK, string contentType = "application/json") : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var document = JsonSerializer.SerializeToUtf8Bytes(value, shape);
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = contentType;
        httpContext.Response.ContentLength = document.Length;
        httpContext.Response.BodyWriter.Write(document);
        return Task.CompletedTask;
    }
}
