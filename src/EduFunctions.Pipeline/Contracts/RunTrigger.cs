namespace EduFunctions.Pipeline.Contracts;

public enum RunTrigger
{
    Nightly,
    OnDemand,
    CommandLine,
}
