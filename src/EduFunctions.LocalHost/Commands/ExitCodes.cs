namespace EduFunctions.LocalHost.Commands;

/// <summary>What the commands tell a script. Of several outcomes the first in the order failed, bad configuration, held counts.</summary>
internal static class ExitCodes
{
    public const int Good = 0;
    public const int Failed = 1;
    public const int BadConfiguration = 2;
    public const int Held = 3;

    private static readonly int[] ByWeight = [Failed, BadConfiguration, Held];

    public static int Of(IReadOnlyCollection<int> outcomes) => ByWeight.FirstOrDefault(outcomes.Contains);
}
