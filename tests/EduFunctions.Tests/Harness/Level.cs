namespace EduFunctions.Tests.Harness;

/// <summary>
/// How much of the machine a test needs, as the trait <c>Level</c> of its class: <c>dotnet test --filter Level=Fast</c>. Classes with the shared storage bear
/// none.
/// </summary>
internal static class Level
{
    public const string Name = "Level";

    /// <summary>Nothing but this process: seconds for all of them.</summary>
    public const string Fast = "Fast";

    /// <summary>A server or a program of the machine: sshd, gpg, xmlsec1, Bicep.</summary>
    public const string Tools = "Tools";
}
