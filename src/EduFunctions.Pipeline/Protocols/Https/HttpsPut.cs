using System.Net;
using System.Net.Http.Headers;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Protocols.Https;

/// <summary>The calls, and what answers to them mean. What else an answer says may hold data and is not repeated.</summary>
internal sealed class HttpsPut(HttpClient http, HttpsSettings settings)
{
    /// <summary>A file of more bytes goes only once the receiver has said that it takes it, or has said nothing for a second.</summary>
    private const int AskedFor = 1 << 20;

    private const string Probe = "edufunctions-connection-test.txt";

    /// <exception cref="IOException">The receiver cannot be reached, broke off, or asks to come later.</exception>
    /// <exception cref="DeliveryRefusedException">It will not take the file.</exception>
    public async Task SendAsync(string name, Stream file, CancellationToken ct)
    {
        var address = settings.AddressOf(name);
        var status = await PutAsync(address, name, file, isAsking: file.Length > AskedFor, ct);
        if (status == HttpStatusCode.ExpectationFailed && file.Length > AskedFor)
        {
            // It is asked by nobody whether it wants a file; it gets it as all others do.
            status = await PutAsync(address, name, file, isAsking: false, ct);
        }

        Judge(status, address, name);
    }

    /// <returns>Why nothing can be sent; null when nothing speaks against it.</returns>
    public async Task<string?> FindObstacleAsync(CancellationToken ct)
    {
        try
        {
            using var request = Request(HttpMethod.Head, settings.AddressOf(Probe));
            using var answer = await AskAsync(request, ct);
            return answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? Refused(answer.StatusCode, request.RequestUri!) : null;
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    /// <param name="isAsking">Whether the receiver may refuse before it has the file (100-continue): one that refuses in the middle ends the connection, and its word is lost.</param>
    private async Task<HttpStatusCode> PutAsync(Uri address, string name, Stream file, bool isAsking, CancellationToken ct)
    {
        file.Position = 0;
        using var request = Request(HttpMethod.Put, address);
        request.Headers.ExpectContinue = isAsking;
        request.Content = new FileBody(file);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(name.EndsWith(".zip", StringComparison.Ordinal) ? "application/zip" : "text/csv");
        using var answer = await AskAsync(request, ct);
        return answer.StatusCode;
    }

    [Told]
    private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw new IOException(Unreachable(request.RequestUri!, CallTrouble.Of(e)), e);
        }
    }

    [Told]
    private void Judge(HttpStatusCode status, Uri address, string name)
    {
        switch (status)
        {
            case HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.NoContent:
                return;
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new DeliveryRefusedException(Refused(status, address));
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new IOException($"{address.Authority} answered {(int)status} to {name}, and is asked again.");
            case HttpStatusCode.RequestEntityTooLarge:
                throw new DeliveryRefusedException($"{address.Authority} does not take {name}, because it is too large (413). Ask the receiver for more room.");
            case >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest:
                throw new DeliveryRefusedException(
                    $"{address.Authority} answered {(int)status} to {name}: it is elsewhere. Nothing is sent after an address that nobody has checked; correct delivery.url.");
            default:
                throw new DeliveryRefusedException($"{address.Authority} answered {(int)status} to {name}. Check delivery.url, and whether the receiver takes files by PUT there.");
        }
    }

    [Told]
    private static string Unreachable(Uri address, string cause) => $"{address.Authority} cannot be reached, or broke off ({cause}). Check delivery.url.";

    [Told]
    private string Refused(HttpStatusCode status, Uri address) =>
        $"{address.Authority} refused the call ({(int)status}). Check delivery.headers and the secrets "
        + $"{string.Join(", ", settings.Headers.Values.Select(secret => $"\"{secret.Name}\""))}.";

    private HttpRequestMessage Request(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        foreach (var (name, secret) in settings.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, secret.Reveal());
        }

        return request;
    }

    /// <summary>A file as the body of a request; it stays open.</summary>
    private sealed class FileBody(Stream file) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => file.CopyToAsync(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = file.Length;
            return true;
        }
    }
}
