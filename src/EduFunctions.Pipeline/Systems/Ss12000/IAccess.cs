namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>How calls show who makes them.</summary>
internal interface IAccess : IDisposable
{
    /// <summary>Who that is, as a sentence calls it.</summary>
    string Caller { get; }

    /// <summary>What a 401 refuses, and what to do about it.</summary>
    (string What, string Advice) Refused { get; }

    /// <param name="refused">What the API has just refused, if anything.</param>
    /// <returns>Null when the connection alone says who calls.</returns>
    ValueTask<Credential?> GetAsync(Credential? refused, CancellationToken ct);
}

/// <summary>A header that shows who calls. Printing it shows its name.</summary>
internal sealed class Credential(string header, string value)
{
    public void AddTo(HttpRequestMessage request) => request.Headers.TryAddWithoutValidation(header, value);

    public override string ToString() => header;
}
