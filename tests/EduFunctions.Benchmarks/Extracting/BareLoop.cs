using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Benchmarks.Extracting;

/// <summary>The least that reads all pages: a request, the token out of the answer, the next request; all collections at once.</summary>
/// <param name="store">Gets each page as it came, compressed.</param>
internal sealed class BareLoop(HttpClient http, EduCloudServer source, int pageSize, Func<string, byte[], CancellationToken, Task> store)
{
    public async Task RunAsync(CancellationToken ct)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(ct));
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        await Task.WhenAll(Collections.All.Select(collection => PullAsync(collection, ct)));
    }

    private async Task PullAsync(string collection, CancellationToken ct)
    {
        string? token = null;
        var page = 0;
        do
        {
            var next = token is null ? "" : $"&pageToken={Uri.EscapeDataString(token)}";
            var gzipped = await http.GetByteArrayAsync($"{source.BaseUrl}/{collection}?limit={pageSize}{next}", ct);
            await store($"{collection}/{page++:000000}.json.gz", gzipped, ct);
            token = NextToken(gzipped);
        }
        while (token is not null);
    }

    private static string? NextToken(byte[] gzipped)
    {
        using var body = new MemoryStream(gzipped.Length * 10);
        using (var gunzip = new GZipStream(new MemoryStream(gzipped), CompressionMode.Decompress))
        {
            gunzip.CopyTo(body);
        }

        // It stands behind the data: no need to walk through those.
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        var at = bytes.LastIndexOf("\"pageToken\":"u8);
        var value = bytes[(at + "\"pageToken\":".Length)..^1];
        return value.SequenceEqual("null"u8) ? null : Encoding.UTF8.GetString(value[1..^1]);
    }

    private async Task<string> TokenAsync(CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = source.ClientId,
            ["client_secret"] = source.ClientSecret,
        });
        using var answer = await http.PostAsync(source.TokenUrl, form, ct);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("access_token").GetString()!;
    }
}
