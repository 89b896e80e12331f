namespace TravelHub.Grains.Faults.Mutants;

/// <summary>Makes bugs of calls: what a grain is told, or what it answers, is not what was said.</summary>
internal static class Calls
{
    /// <param name="method">Of the grain interface <typeparamref name="TGrain"/>.</param>
    /// <param name="spoiled">What is done in place of the call.</param>
    public static Mutant To<TGrain>(string name, string method, Func<IIncomingGrainCallContext, Task> spoiled) => To<TGrain>(name, [method], spoiled);

    public static Mutant To<TGrain>(string name, string[] methods, Func<IIncomingGrainCallContext, Task> spoiled) =>
        new(name, silo => silo.AddIncomingGrainCallFilter(context =>
            context.InterfaceMethod?.DeclaringType == typeof(TGrain) && methods.Contains(context.InterfaceMethod.Name) ? spoiled(context) : context.Invoke()));

    /// <summary>The call is made with another argument.</summary>
    public static Func<IIncomingGrainCallContext, Task> With<T>(int place, Func<T, T> change) => context =>
    {
        context.Request.SetArgument(place, change(Argument<T>(context, place))!);
        return context.Invoke();
    };

    /// <summary>The call is made, and answered otherwise.</summary>
    public static Func<IIncomingGrainCallContext, Task> Answers<T>(Func<IIncomingGrainCallContext, T, T> change) => async context =>
    {
        await context.Invoke();
        if (context.Result is T answer)
            context.Result = change(context, answer);
    };

    /// <summary>The caller is content, and nothing is done.</summary>
    public static Task Ignore(IIncomingGrainCallContext context)
    {
        context.Result = null;
        return Task.CompletedTask;
    }

    public static T Argument<T>(IIncomingGrainCallContext context, int place) => (T)context.Request.GetArgument(place)!;
}
