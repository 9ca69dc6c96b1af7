namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>The scopes a key pair needs, by collection, so that a refusal can name what to order.</summary>
internal static class Scopes
{
    private const string Prefix = "ist.ss12000-v2.api";

    public static string For(string collection) => collection switch
    {
        "organisations" or "syllabuses" => $"{Prefix}.standard",
        "persons" => $"{Prefix}.students (and {Prefix}.responsibles, {Prefix}.duties)",
        _ => $"{Prefix}.{collection}",
    };
}
