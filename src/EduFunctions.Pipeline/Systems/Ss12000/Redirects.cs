using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Answers that point elsewhere. None is followed: token and secret are for the addresses of the tenant file alone.</summary>
internal static class Redirects
{
    public static bool Is(HttpResponseMessage answer) => (int)answer.StatusCode is >= 300 and < 400;

    /// <summary>Where to, as far as it may be told: a query may hold anything.</summary>
    [Told]
    public static string Said(HttpResponseMessage answer) => answer.Headers.Location switch
    {
        { IsAbsoluteUri: true } location => $"{(int)answer.StatusCode} with a Location on {location.Host}",
        null => $"{(int)answer.StatusCode}",
        _ => $"{(int)answer.StatusCode} with a Location on the same host",
    };
}
