using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>One of the services for lookups, as a generation of Unilogin has it.</summary>
/// <param name="Namespace">Of its requests and answers.</param>
/// <param name="ActionBase">What the name of an operation is put behind.</param>
/// <param name="Endpoint">Its public address; null where none is known.</param>
internal sealed record LookupService(string Name, string Namespace, string ActionBase, string? Endpoint)
{
    private const string Signed = "https://brugerdatabasen.stil.dk/bpi";

    /// <summary>Institutions, groups and their members.</summary>
    public static LookupService Inst(int version, LoginSettings settings) => Of("wsiinst", version, signedVersion: 6, "wsiinst-v5").At(settings.WsiInst);

    /// <summary>Where people belong, and their contacts.</summary>
    public static LookupService Bruger(int version, LoginSettings settings) => Of("wsibruger", version, signedVersion: 7, "wsibruger-v6").At(settings.WsiBruger);

    /// <summary>UniID and civic number. No public address of the older generation is known.</summary>
    public static LookupService Identifikation(int version, LoginSettings settings) =>
        Of("wsiidentifikation", version, signedVersion: 6, olderPath: null).At(settings.WsiIdentifikation);

    /// <param name="version">Of the source: 7 signs its messages, 6 sends user and password.</param>
    private static LookupService Of(string name, int version, int signedVersion, string? olderPath) => version == 7
        ? new(name, $"{Signed}/{name}/{signedVersion}", $"{Signed}/{name}/{signedVersion}/", $"{Signed}/{name}/{signedVersion}")
        : new(name, $"https://{name}.unilogin.dk/ws", $"https://{name}.unilogin.dk/", olderPath is null ? null : $"https://{name}.unilogin.dk/{olderPath}/ws");

    private LookupService At(string? endpoint) => this with { Endpoint = endpoint ?? Endpoint };
}
