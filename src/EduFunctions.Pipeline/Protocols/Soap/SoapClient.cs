using System.Net;
using System.Net.Http.Headers;
using System.Xml;
using System.Xml.Linq;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>Makes calls and takes only answers that are whole and proven. Never repeats a call: whether that is wise, only the caller can tell.</summary>
[Told]
public sealed class SoapClient(HttpClient http, ISoapAuthentication authentication, TimeProvider time)
{
    private const int LongestError = 1 << 18;

    /// <summary>A call with a small answer; its response element.</summary>
    /// <exception cref="SoapException">It came to nothing.</exception>
    public async Task<XElement> CallAsync(SoapCall call, CancellationToken ct)
    {
        using var answer = new MemoryStream();
        await CallAsync(call, answer, () => Again(answer), onElement: null, ct);
        return SoapAnswer.ReadResponse(Again(answer), call.LongestAnswer);
    }

    /// <summary>A call whose answer, byte for byte as it comes, goes to a stream, one that is refused too. It may be used when this comes back, and not before.</summary>
    /// <param name="reopen">Opens what was written, from its beginning.</param>
    /// <param name="onElement">Sees every element of the body, before all is proven.</param>
    /// <exception cref="SoapException">It came to nothing.</exception>
    public async Task CallAsync(SoapCall call, Stream answer, Func<Stream> reopen, Action<XmlReader>? onElement, CancellationToken ct)
    {
        var request = authentication.Write(call, time.GetUtcNow());
        var received = await ReceiveAsync(call, request, answer, ct);
        using var whole = reopen();
        SoapAnswer.Verify(whole, call.LongestAnswer, authentication.Trust, request, received, (int)HttpStatusCode.OK, onElement);
    }

    /// <returns>When the answer began: that is what its time stamp is to be compared with.</returns>
    private async Task<DateTimeOffset> ReceiveAsync(SoapCall call, SoapRequest request, Stream answer, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(call.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            using var message = Message(call, request);
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var received = time.GetUtcNow();
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw await ErrorAsync(response, request, received, answer, either.Token);
            }

            await CopyAsync(response, answer, call.LongestAnswer, either.Token);
            RefuseForms(response);
            return received;
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new SoapException($"{call.Endpoint.Authority} gave no whole answer within {call.Patience.TotalMinutes:0.#} minutes", mayPass: true, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var cause = e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http ? http.HttpRequestError.ToString() : "broken off";
            throw new SoapException($"the connection with {call.Endpoint.Authority} failed ({cause})", mayPass: true, e);
        }
    }

    private static HttpRequestMessage Message(SoapCall call, SoapRequest request)
    {
        var content = new ByteArrayContent(request.Envelope);
        var message = new HttpRequestMessage(HttpMethod.Post, call.Endpoint) { Content = content };
        if (call.Version == SoapVersion.Soap12)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue("application/soap+xml", "utf-8") { Parameters = { new("action", $"\"{call.Action}\"") } };
        }
        else
        {
            content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "utf-8");
            message.Headers.Add("SOAPAction", $"\"{call.Action}\"");
        }

        return message;
    }

    /// <summary>What is stored and signed is XML in UTF-8, neither packed nor in parts.</summary>
    private static void RefuseForms(HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType;
        if (response.Content.Headers.ContentEncoding.Count > 0
            || type?.MediaType is not ("application/soap+xml" or "text/xml" or "application/xml")
            || (type.CharSet is { } charset && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            throw new SoapException($"the answer is no plain XML in UTF-8 (it is called {type?.MediaType ?? "nothing"}): check the endpoint", mayPass: false);
        }
    }

    private static async Task CopyAsync(HttpResponseMessage response, Stream answer, long longest, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[1 << 16];
        for (var total = 0L; await body.ReadAsync(buffer, ct) is > 0 and var read;)
        {
            total += read;
            if (total > longest)
            {
                throw new SoapException($"the answer is longer than {longest:N0} bytes", mayPass: false);
            }

            await answer.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    /// <summary>The fault in the answer, whatever the status; without one, the status.</summary>
    private async Task<SoapException> ErrorAsync(HttpResponseMessage response, SoapRequest request, DateTimeOffset received, Stream answer, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        using var body = new MemoryStream();
        try
        {
            await CopyAsync(response, body, LongestError, ct);
            await answer.WriteAsync(body.ToArray(), ct);
            SoapAnswer.Verify(Again(body), LongestError, authentication.Trust, request, received, status);
        }
        catch (SoapFaultException fault)
        {
            return fault;
        }
        catch (SoapException)
        {
            // No fault to be read: the status has to do.
        }

        return status is >= 300 and < 400
            ? new SoapException($"{response.RequestMessage!.RequestUri!.Authority} redirects elsewhere ({status}), which is not followed: check the endpoint", mayPass: false)
            : new SoapException($"the service answered {status} without a fault", mayPass: status is >= 500 or 408 or 429);
    }

    private static MemoryStream Again(MemoryStream written) => new(written.GetBuffer(), 0, (int)written.Length, writable: false);
}
