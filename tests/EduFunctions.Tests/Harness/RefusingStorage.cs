using System.Collections.Concurrent;
using System.Net;

namespace EduFunctions.Tests.Harness;

/// <summary>What a storage says to requests that it does not carry out, for as long as the test wants it.</summary>
internal sealed class RefusingStorage
{
    private readonly ConcurrentQueue<string> _asked = [];

    /// <summary>By what is asked for, as <see cref="CarryingOut"/> has it, the answer; null carries it out. A status of 0 never answers.</summary>
    public Func<string, (int Status, string Code)?> Refuses { get; set; } = _ => null;

    /// <summary>What was asked for and refused.</summary>
    public IReadOnlyCollection<string> Refused => _asked;

    /// <summary>Refuses whatever begins and ends so.</summary>
    public void Refuse(string beginning, string ending, int status, string code) =>
        Refuses = key => key.StartsWith(beginning, StringComparison.Ordinal) && key.EndsWith(ending, StringComparison.Ordinal) ? (status, code) : null;

    public async Task<HttpResponseMessage> CarryAsync(string key, Func<HttpResponseMessage> carryOut, CancellationToken ct)
    {
        if (Refuses(key) is not var (status, code))
        {
            return carryOut();
        }

        _asked.Enqueue(key);
        await Task.Delay(status == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, ct);
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent([]) };
        answer.Headers.TryAddWithoutValidation("x-ms-error-code", code);
        return answer;
    }
}
