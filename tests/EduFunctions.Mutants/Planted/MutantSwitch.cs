namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>All mutants are compiled in; the environment says which of them is alive. Beside that, which have been met is remembered.</summary>
public static class MutantSwitch
{
    public const string Variable = "EDUFUNCTIONS_MUTANT";

    private static readonly int Alive = int.TryParse(Environment.GetEnvironmentVariable(Variable), out var id) ? id : -1;

    public static bool[] Met { get; } = new bool[10_000];

    public static bool On(int id)
    {
        Met[id] = true;
        return id == Alive;
    }
}
